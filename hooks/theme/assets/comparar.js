// The comparison: ?m=piloto,indicadores names the cards; the facts of each come in a script of its own beside the page.
// Only names that are on the page's own list are asked for, and everything is shown as text.
(function () {
  "use strict";

  var MOST = 3;
  var place = document.querySelector("[data-comparacion]");
  if (!place) return;
  var table = place.querySelector("table");
  var form = place.querySelector("form");
  var notice = place.querySelector("[data-aviso]");
  var list = form.querySelector("[data-metodos]").getAttribute("href");
  var first = form.elements.m;
  var known = Array.prototype.map.call(first.options, function (option) { return option.value; });
  var facts = new Map();

  var asked = new URLSearchParams(location.search).getAll("m").join(",").split(",");
  asked = asked.filter(function (id, index) { return id && asked.indexOf(id) === index; });
  var found = asked.filter(is_known);
  var missing = asked.filter(function (id) { return !is_known(id); });
  var wanted = found.slice(0, MOST);

  place.querySelector("[data-sin-guion]").hidden = true;
  prepare_form();
  window.ficheroComparar = function (card) { if (wanted.indexOf(card.id) >= 0) facts.set(card.id, card); };
  if (wanted.length < 2) {
    finish();
  } else {
    Promise.all(wanted.map(load)).then(finish);
  }

  function is_known(id) {
    return /^[a-z0-9-]{1,80}$/.test(id) && known.indexOf(id) >= 0;
  }

  function load(id) {
    return new Promise(function (done) {
      var script = document.createElement("script");
      script.onload = script.onerror = done;
      script.src = id + ".js";
      document.head.appendChild(script);
    });
  }

  // Three choices of one list, which the page holds once.
  function prepare_form() {
    for (var number = 2; number <= MOST; number += 1) {
      var copy = first.parentNode.cloneNode(true);
      copy.querySelector("label").htmlFor = copy.querySelector("select").id = "ficha-" + number;
      copy.querySelector("label").textContent = "Ficha " + number + (number > 2 ? " (si quiere)" : "");
      form.insertBefore(copy, form.querySelector(".acciones"));
    }
    form.querySelectorAll("select").forEach(function (select, index) { select.value = wanted[index] || ""; });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var ids = Array.prototype.map.call(form.querySelectorAll("select"), function (select) { return select.value; });
      location.search = "?m=" + ids.filter(Boolean).join(",");
    });
    form.querySelector("[data-metodos]").href = list + (wanted.length ? "?m=" + wanted.join(",") : "");
  }

  function finish() {
    var cards = wanted.filter(function (id) { return facts.has(id); }).map(function (id) { return facts.get(id); });
    var told = [];
    if (wanted.length > 1) {
      missing = missing.concat(wanted.filter(function (id) { return !facts.has(id); }));
    }
    if (missing.length) {
      told.push("No existe " + missing.slice(0, MOST).map(function (id) { return "«" + id.slice(0, 80) + "»"; }).join(", ") + ".");
    }
    if (found.length > MOST) told.push("Se comparan tres fichas como mucho: se muestran las tres primeras.");
    if (cards.length < 2) told.push("Escoja dos o tres fichas.");
    notice.textContent = told.join(" ");
    notice.hidden = !told.length;
    if (cards.length > 1) show(cards);
    form.hidden = false; // last, so that nothing moves it
  }

  function show(cards) {
    var titles = cards.map(function (card) { return card.titulo; });
    var names = titles.join(" · ");
    document.title = names + " · Comparar · Fichero";
    table.caption.textContent = names;
    table.dataset.fichas = cards.length;
    cards.forEach(function (card) {
      var head = cell("th", "columnheader", table.tHead.rows[0]);
      var link = document.createElement("a");
      head.scope = "col";
      link.href = list.replace(/(index\.html)?$/, card.id + "/$1");
      link.textContent = card.titulo;
      head.appendChild(link);
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        var made = cell("td", "cell", row);
        made.dataset.ficha = card.titulo;
        fill(made, card.hechos[row.dataset.hecho] || []);
      });
    });
    table.hidden = false;
  }

  function cell(name, role, row) {
    var made = document.createElement(name);
    made.setAttribute("role", role);
    row.appendChild(made);
    return made;
  }

  function fill(made, texts) {
    if (texts.length < 2) {
      made.textContent = texts[0] || "No se indica";
      return;
    }
    var points = document.createElement("ul");
    texts.forEach(function (text) { points.appendChild(document.createElement("li")).textContent = text; });
    made.appendChild(points);
  }
})();
