// A correction to fill in. It arrives, after the «#», with the page, the part and what it says («Proponer una
// corrección»), or with a word that the search does not know. It leaves by e-mail, as a text to copy, as a file, or as
// a form of GitHub: only when the reader says so. What arrives is only ever the value of a text box.
(function () {
  "use strict";

  var MAIL = 1800, ISSUE = 7000; // longer addresses are cut by mail programs and by GitHub
  var place = document.querySelector("[data-envio]");
  if (!place) return;
  var told = new URLSearchParams(location.hash.slice(1)), asked = new URLSearchParams(location.search);
  var word = asked.get("palabra"), page = told.get("pagina");
  if (page === null) page = asked.get("pagina");
  if (word !== null) page = "buscar/";
  var known = page !== null && /^[a-z0-9/-]*$/.test(page) && !/^\/|\/\//.test(page);

  var form = document.createElement("form"), status = document.createElement("p"), boxes = {};
  field("pagina", "Página", 1, known ? address(page, told.get("ancla")) : "");
  if (word === null) {
    field("parte", "Parte de la página", 1, known && told.get("parte") || "");
    field("dice", "Dice", 5, known && told.get("dice") || "");
    field("deberia", "Debería decir", 5, "");
    field("porque", "Lo sé porque", 3, "");
  } else {
    field("dice", "Busqué", 1, word.slice(0, 200));
    field("deberia", "Esperaba encontrar", 3, "");
    field("porque", "En mi oficina lo llamamos así porque", 3, "");
  }

  var ways = document.createElement("p"), mail, issue;
  ways.className = "acciones";
  if (place.dataset.correo) mail = way("a", "Enviar por correo");
  way("button", "Copiar el texto").addEventListener("click", copy);
  way("button", "Guardar en un archivo").addEventListener("click", save);
  if (place.dataset.asuntos) issue = way("a", "Llenar el formulario de GitHub");
  status.setAttribute("role", "status");
  form.appendChild(ways);
  form.appendChild(status);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", update);
  update();
  place.insertBefore(form, place.firstChild);
  place.querySelectorAll("[data-sin-casillas]").forEach(function (part) { part.hidden = true; });
  // «Proponer una corrección» at the foot of this same page changes only what is after the «#».
  window.addEventListener("hashchange", function () {
    if (new URLSearchParams(location.hash.slice(1)).has("pagina")) location.reload();
  });

  /** The public address of a page; never a folder of this computer, whose name may be its owner's. */
  function address(path, anchor) {
    var site = place.dataset.sitio || (location.protocol === "file:" ? "" : new URL("../../", location.href).href);
    return site + path + (anchor && /^[\w-]+$/.test(anchor) ? "#" + anchor : "");
  }

  function field(id, name, rows, value) {
    var label = document.createElement("label"), box = document.createElement(rows > 1 ? "textarea" : "input");
    label.textContent = name;
    if (rows > 1) box.rows = rows;
    box.name = id;
    box.value = value.slice(0, 2000);
    label.appendChild(box);
    form.appendChild(label);
    boxes[id] = { name: name, box: box };
  }

  function way(kind, text) {
    var made = document.createElement(kind);
    if (!ways.firstChild) made.className = "boton";
    if (kind === "button") made.type = "button";
    made.textContent = text;
    ways.appendChild(made);
    return made;
  }

  function values() {
    var found = {};
    Object.keys(boxes).forEach(function (id) { found[id] = boxes[id].box.value.trim(); });
    return found;
  }

  function text(found) {
    var lines = Object.keys(found).map(function (id) {
      return boxes[id].name + ":" + (found[id].indexOf("\n") < 0 ? " " : "\n") + found[id];
    });
    if (place.dataset.version) lines.push("Versión: " + place.dataset.version);
    return lines.join("\n") + "\n";
  }

  /** Half a character, which a cut may leave, has no code. */
  function encoded(value) { return encodeURIComponent(value.replace(/[\uD800-\uDFFF]/gu, "")); }

  /** The address made of what is typed; what does not fit is cut from the longest answer, and says so. */
  function fitted(make, limit) {
    var found = values();
    while (make(found).length > limit) {
      var longest = Object.keys(found).reduce(function (one, other) {
        return found[other].length > found[one].length ? other : one;
      });
      found[longest] = found[longest].slice(0, Math.floor(found[longest].length * 0.9) - 1) + "…";
    }
    return make(found);
  }

  function update() {
    if (mail) {
      mail.href = fitted(function (found) {
        return "mailto:" + place.dataset.correo + "?subject=" + encoded("Corrección: " + found.pagina) +
          "&body=" + encoded(text(found).replace(/\n/g, "\r\n"));
      }, MAIL);
    }
    if (issue) {
      issue.href = fitted(function (found) {
        return place.dataset.asuntos + "/issues/new?template=correccion.yml&version=" + encoded(place.dataset.version) +
          Object.keys(found).map(function (id) { return "&" + id + "=" + encoded(found[id]); }).join("");
      }, ISSUE);
    }
  }

  function copy() {
    var whole = document.createElement("textarea");
    whole.value = text(values());
    whole.rows = 8;
    whole.readOnly = true;
    whole.setAttribute("aria-label", "Texto completo");
    form.appendChild(whole);
    whole.select();
    var copied = document.execCommand("copy");
    status.textContent = copied ? "Copiado. Péguelo en un mensaje." : "Selecciónelo y cópielo:";
    if (!copied) return;
    whole.remove();
    this.focus();
  }

  function save() {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text(values())], { type: "text/plain;charset=utf-8" }));
    link.download = "correccion.txt";
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = "Guardado como «correccion.txt». Envíelo como archivo.";
  }
})();
