// What the search box shows: results at every key press, the keys that move among them, full text when there is a
// network, and what to do when nothing is found. Loaded by buscador.js, after the engine.
(function () {
  "use strict";

  var fichero = window.fichero;
  var KINDS = { m: "Método", g: "Guía", c: "Caso", t: "Glosario", p: "Página", r: "Receta" };
  var SHOWN = 8, SHOWN_ON_PAGE = 40, WAIT = 350, NEAREST = 3;
  var NONE = "Ningún resultado con esas palabras.";
  var FAINT = 0.05;  // what shares only a passing word with the query is not shown beside what answers it

  fichero.montar = mount;
  fichero.cajas.forEach(mount);
  fichero.alCambiar = function () { fichero.cajas.forEach(function (box) { box.update(); }); };

  function mount(box) {
    var input = box.form.elements.q, kind = box.form.elements.tipo;
    var page = box.form.dataset.caja === "pagina", most = page ? SHOWN_ON_PAGE : SHOWN, timer = 0;
    var list = box.place.querySelector("ol") || element("ol"), status = box.status;
    var more = element("div"), help = element("div", "menor");
    list.className = "hallazgos";
    box.place.append(list, more, help);
    if (page) {
      var asked = new URLSearchParams(location.search);
      input.value = input.value || asked.get("q") || "";
      kind.value = asked.get("tipo") || "";
      if (kind.selectedIndex < 0) kind.value = "";
    }

    box.update = function () {
      var text = input.value.trim();
      var found = fichero.find(text).filter(ofKind), none = text && fichero.listo && !found.length;
      if (none) found = fichero.find(text, true).filter(ofKind).slice(0, NEAREST);
      found = found.filter(function (result) { return result.score > FAINT * found[0].score; });
      list.textContent = more.textContent = help.textContent = "";
      found.slice(0, most).forEach(function (result) { list.append(row(result, text)); });
      status.textContent = none ? NONE + (found.length ? " Esto se parece:" : "") :
        text && fichero.listo ? told(found.length, most) : fichero.fallo || (text ? "Buscando…" : "");
      if (text && fichero.listo) wayOut(help, text, !none);
      window.clearTimeout(timer);
      if (text.length > 2) {
        timer = window.setTimeout(function () {
          fullText(more, text, function () { return input.value.trim() === text; });
        }, WAIT);
      }
    };
    input.addEventListener("input", box.update);
    if (kind) kind.addEventListener("change", box.update);
    box.form.addEventListener("keydown", keys);
    box.place.addEventListener("keydown", keys);
    if (page) {
      var keep = function () {
        var query = new URLSearchParams();
        if (input.value) query.set("q", input.value);
        if (kind && kind.value) query.set("tipo", kind.value);
        history.replaceState(null, "", location.pathname + (String(query) ? "?" + query : ""));
      };
      input.addEventListener("input", keep);
      if (kind) kind.addEventListener("change", keep);
      box.form.addEventListener("submit", function (event) { event.preventDefault(); keep(); });
    }
    box.update();

    function ofKind(result) {
      return !kind || !kind.value || result.kind === kind.value;
    }

    function keys(event) {
      var links = Array.prototype.slice.call(box.place.querySelectorAll("a"));
      var at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && links.length && (at >= 0 || document.activeElement === input)) {
        event.preventDefault();
        links[Math.min(at + 1, links.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (at ? links[at - 1] : input).focus();
      } else if (event.key === "Escape" && input.value && !box.form.closest("dialog")) {
        input.value = "";
        box.update();
        input.focus();
      }
    }
  }

  function told(count, most) {
    if (count > most) return "Los " + most + " que más se acercan.";
    return count === 1 ? "1 resultado." : count + " resultados.";
  }

  function row(result, text) {
    var item = element("li", "fila hallazgo");
    item.append(element("span", "tipo", KINDS[result.kind]));
    item.append(link("titulo", result.path, result.title));
    if (result.summary) item.append(element("span", "promesa", result.summary));
    var part = fichero.part(result, text);
    if (part) {
      var step = element("span", "parte");
      step.append(link("", result.path + "#" + part[0], part[1]));
      item.append(step);
    }
    return item;
  }

  /** Nobody is left at a wall: the guided entry, and a way to say which word was missing. */
  function wayOut(place, text, some) {
    var line = element("p", "", some ? "¿No es lo que buscaba? " : "Pruebe con menos palabras, o ");
    line.append(link("", "por-donde-empiezo/", some ? "Empiece por su situación" : "empiece por su situación"));
    line.append(some ? ", o " : ". También puede ");
    line.append(link("", "contribuir/informar/", "proponga «" + text.slice(0, 60) + "» como palabra de búsqueda", "?palabra=" + encodeURIComponent(text)));
    line.append(".");
    place.append(line);
  }

  function fullText(place, text, current) {
    if (!/^http/.test(location.protocol) || fichero.href("")) {
      place.append(element("p", "menor", "La búsqueda en el texto completo de las páginas necesita red: está en el sitio publicado."));
      return;
    }
    if (!fichero.texto) {
      fichero.texto = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = fichero.site + "assets/texto-completo.js";
        script.onload = function () { fichero.cargarTexto(fichero.site).then(resolve, reject); };
        script.onerror = reject;
        document.head.append(script);
      });
    }
    fichero.texto.then(function (search) { return search(fichero.meaning(text)); }).then(function (pages) {
      if (!current()) return;
      place.textContent = "";
      if (!pages.length) return;
      place.append(element("h2", "", "En el texto de las páginas"));
      var list = element("ol", "hallazgos");
      pages.forEach(function (page) {
        var item = element("li", "fila hallazgo");
        item.append(link("titulo", page.path, page.title));
        var sentence = element("span", "promesa");
        sentence.append(page.sentence);
        item.append(sentence);
        list.append(item);
      });
      place.append(list);
    }).catch(function () {
      fichero.texto = null;  // the network failed: the next key press tries again
    });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function link(className, path, text, query) {
    var made = element("a", className, text);
    made.href = fichero.site + fichero.href(path).replace(/(#|$)/, (query || "") + "$1");
    return made;
  }
})();
