// What every page does: search, and carry what a reader would correct. Until someone is about to search it only
// listens: for the «Buscar» link, for «/», for the focus of a box. Then it opens and fetches the engine. Without this
// script the link and the form lead to the page «Buscar».
(function () {
  "use strict";

  var fichero = window.fichero = window.fichero || {};
  var site = new URL("..", document.currentScript.src).href;
  var opener = document.querySelector("a[data-buscar]");
  var box = document.querySelector("form[data-caja]");
  var notice = document.querySelector("[data-sin-buscador]");
  if (notice) notice.hidden = true;
  var asked = false, dialog;

  fichero.site = site;
  fichero.cajas = [];

  /** Scripts of this site, fetched together and run in order. */
  fichero.traer = function (paths) {
    paths.forEach(function (path) {
      var script = document.createElement("script");
      script.src = site + path;
      script.async = false;
      script.onerror = function () {
        fichero.fallo = "La búsqueda no llegó completa. Revise su conexión y vuelva a cargar la página.";
        say(fichero.fallo);
      };
      document.head.appendChild(script);
    });
  };

  if (box) attach(box, document.querySelector("[data-hallazgos]"));

  if (opener) {
    opener.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      start();
    });
  }
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    start();
  });

  /** Focus the page's own box, or open one over the page. */
  function start() {
    if (box) box.elements.q.focus(); else open();
  }

  function open() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "buscador";
      dialog.setAttribute("aria-label", "Buscar");
      // No text of the reader is in this string: it is ours, whole.
      dialog.innerHTML = '<form class="caja" role="search"><label for="caja-q">¿Qué necesita hacer?</label>' +
        '<input id="caja-q" type="search" name="q" maxlength="200" autocomplete="off" enterkeyhint="search">' +
        '<button type="button">Cerrar</button></form><div></div>';
      var form = dialog.firstChild;
      form.action = opener.href;
      form.lastChild.addEventListener("click", function () { dialog.close(); });
      dialog.addEventListener("close", function () { opener.focus(); });
      document.body.appendChild(dialog);
      attach(form, dialog.lastChild);
    }
    dialog.showModal();
    dialog.querySelector("input").select();
  }

  /** A box and the place of its results: the engine takes them over when it arrives. */
  function attach(form, place) {
    var caja = { form: form, place: place, status: document.createElement("p") };
    caja.status.setAttribute("role", "status");
    place.insertBefore(caja.status, place.firstChild);
    fichero.cajas.push(caja);
    if (fichero.montar) fichero.montar(caja);
    form.elements.q.addEventListener("focus", load);
    if (form.elements.q.value || form.dataset.caja === "pagina" && /[?&]q=./.test(location.search)) load();
  }

  // «Proponer una corrección» takes along where the reader is and what it says there. It goes after the «#» of the
  // address, which no server sees. A press empties the selection before the click: it is kept from then.
  // Whoever presses it is at the foot of the page: what counts is the last place where the reader stayed before.
  var correct = document.querySelector("footer.sitio .acciones a"), chosen = "", from, stayed, waiting;
  if (correct) {
    wait();
    addEventListener("scroll", wait, { passive: true });
    correct.addEventListener("pointerdown", remember);
    ["click", "auxclick"].forEach(function (name) {
      correct.addEventListener(name, function () {
        remember();
        correct.hash = carried().toString();
      });
    });
  }

  function wait() {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (correct.getBoundingClientRect().top > innerHeight) stayed = inView();
    }, 2000);
  }

  function headings() {
    return Array.prototype.slice.call(document.getElementById("contenido").querySelectorAll("h1, h2, h3"));
  }

  function inView() {
    return headings().filter(function (heading) { return heading.getBoundingClientRect().top < innerHeight / 2; }).pop();
  }

  function remember() {
    var selection = getSelection();
    if (selection.isCollapsed || !document.getElementById("contenido").contains(selection.anchorNode)) return;
    chosen = String(selection);
    from = selection.getRangeAt(0).startContainer;
  }

  /** The page, and the heading over what was selected, or linked to, or was being read, with the text under it. */
  function carried() {
    var main = document.getElementById("contenido"), target = document.getElementById(location.hash.slice(1));
    var all = headings(), linked = from || target && main.contains(target);
    var over = linked ? all.filter(function (heading) {
      var order = heading.compareDocumentPosition(from || target);
      return !order || order & Node.DOCUMENT_POSITION_FOLLOWING ||
        (from ? heading.contains(from) : target.querySelector("h1, h2, h3") === heading);
    }) : [stayed || inView()];
    var heading = over[over.length - 1] || all[0], next = all[all.indexOf(heading) + 1];
    var title = heading.cloneNode(true), place = heading.closest("[id]");
    title.querySelectorAll(".headerlink").forEach(function (link) { link.remove(); });
    if (!chosen) {
      var range = document.createRange(), selection = getSelection();
      range.setStartAfter((heading.nextElementSibling || heading).querySelector(".numero") || heading);
      if (next) range.setEndBefore(next); else range.setEndAfter(main.lastElementChild);
      selection.removeAllRanges();
      selection.addRange(range);
      chosen = String(selection);
      selection.removeAllRanges();
    }
    return new URLSearchParams({
      pagina: location.href.split(/[?#]/)[0].slice(site.length).replace(/index\.html$/, ""),
      parte: title.textContent.trim().slice(0, 120),
      ancla: place === main ? "" : place.id,
      dice: chosen.trim().slice(0, 600)
    });
  }

  function say(text) {
    fichero.cajas.forEach(function (caja) { caja.status.textContent = text; });
  }

  function load() {
    if (asked) return;
    asked = true;
    say("Cargando la búsqueda…");
    fichero.traer(["assets/vendor/minisearch.js", "assets/vendor/raiz-es.js", "assets/busqueda.js", "assets/hallazgos.js",
      "buscar/nombres.js"]);
  }
})();
