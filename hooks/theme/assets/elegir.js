// In the finder: tick two or three cards and compare them. What is ticked is in the address (?m=piloto,indicadores).
(function () {
  "use strict";

  var MOST = 3;
  var bar = document.querySelector("[data-comparar]");
  if (!bar) return;
  var boxes = new Map();
  document.querySelectorAll(".elegir input").forEach(function (box) {
    boxes.set(box.value, box);
    box.parentNode.hidden = false;
  });
  var said = bar.querySelector("[role=status]");
  var link = bar.querySelector("a");
  var page = link.getAttribute("href");
  var clear = bar.querySelector("button");
  var chosen = [];
  bar.hidden = false;

  read();
  window.addEventListener("popstate", read);
  document.addEventListener("change", function (event) {
    if (boxes.get(event.target.value) !== event.target) return;
    if (event.target.checked && chosen.length === MOST) {
      event.target.checked = false;
      said.textContent = "Se comparan tres fichas como mucho. Quite la marca de una para agregar otra.";
      return;
    }
    chosen = chosen.filter(function (id) { return id !== event.target.value; });
    if (event.target.checked) chosen.push(event.target.value);
    write();
    show();
  });
  clear.addEventListener("click", function () {
    var first = boxes.get(chosen[0]);
    chosen = [];
    write();
    show();
    first.focus(); // the button is gone
  });

  function read() {
    var asked = (new URLSearchParams(location.search).get("m") || "").split(",");
    chosen = asked.filter(function (id, index) { return boxes.has(id) && asked.indexOf(id) === index; }).slice(0, MOST);
    show();
  }

  function write() {
    var query = new URLSearchParams(location.search);
    query.delete("m");
    if (chosen.length) query.set("m", chosen.join(","));
    var text = query.toString().replace(/%2C/g, ",");
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  function show() {
    boxes.forEach(function (box, id) { box.checked = chosen.indexOf(id) >= 0; });
    bar.classList.toggle("activa", chosen.length > 0);
    link.hidden = chosen.length < 2;
    link.href = page + "?m=" + chosen.join(",");
    link.textContent = "Comparar (" + chosen.length + ")";
    clear.hidden = !chosen.length;
    said.textContent = ["", "1 ficha marcada. Marque otra para comparar.", "2 fichas marcadas.", "3 fichas marcadas."][chosen.length];
  }
})();
