// The search box, on every page. Until someone is about to search it only listens: for the «Buscar» link, for «/»,
// for the focus of a box. Then it opens and fetches the engine. Without this script the link and the form lead to
// the page «Buscar».
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
      script.onerror = function () { say("La búsqueda no llegó completa. Revise su conexión y vuelva a cargar la página."); };
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
