// A card: «Imprimir», and «Facilitar», which shows one step at a time in large type with a clock.
// Without this script «Facilitar» is a link to the steps and everything can be read.
(function () {
  "use strict";

  document.querySelectorAll('[data-accion="imprimir"]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  var steps = Array.prototype.slice.call(document.querySelectorAll("section.paso"));
  var opener = document.querySelector('.acciones a[href="#pasos"]');
  if (!steps.length || !opener) return;

  var dialog, stage, count, clock, back, next, position = 0, started = 0, timer = 0;

  opener.addEventListener("click", function (event) {
    event.preventDefault();
    open();
  });

  function element(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  function open() {
    dialog = element("dialog", { "class": "facilitar", "aria-label": "Facilitar paso a paso" });
    var inner = element("div", {});
    stage = element("div", { "aria-live": "polite" });
    var controls = element("p", { "class": "mando" });
    back = element("button", { type: "button" }, "Anterior");
    next = element("button", { type: "button" }, "Siguiente");
    count = element("span", {});
    clock = element("span", { "class": "reloj", role: "timer", "aria-label": "Tiempo en este paso" });
    var close = element("button", { type: "button" }, "Salir");
    [back, next, count, clock, close].forEach(function (part) { controls.appendChild(part); });
    inner.appendChild(stage);
    inner.appendChild(controls);
    dialog.appendChild(inner);
    document.body.appendChild(dialog);
    back.addEventListener("click", function () { show(position - 1); });
    next.addEventListener("click", function () { show(position + 1); });
    close.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "ArrowRight" && position < steps.length - 1) show(position + 1);
      if (event.key === "ArrowLeft" && position > 0) show(position - 1);
    });
    dialog.addEventListener("close", function () {
      window.clearInterval(timer);
      dialog.remove();
      opener.focus();
    });
    dialog.dataset.familia = document.querySelector("article").dataset.familia;
    show(position);
    dialog.showModal();
    next.focus();
    timer = window.setInterval(tick, 1000);
  }

  function show(index) {
    position = index;
    started = Date.now();
    var copy = steps[index].cloneNode(true);
    copy.querySelectorAll("[id]").forEach(function (node) { node.removeAttribute("id"); });
    copy.querySelectorAll("sup, .headerlink, .barra").forEach(function (node) { node.remove(); });
    stage.textContent = "";
    stage.appendChild(copy);
    count.textContent = "Paso " + (index + 1) + " de " + steps.length;
    back.disabled = index === 0;
    next.disabled = index === steps.length - 1;
    dialog.scrollTop = 0;
    // A disabled button drops the focus, and with it the arrow keys: keep it on a live one.
    if (!dialog.contains(document.activeElement) || document.activeElement.disabled) {
      (next.disabled ? back : next).focus();
    }
    tick();
  }

  function tick() {
    var seconds = Math.floor((Date.now() - started) / 1000);
    clock.textContent = Math.floor(seconds / 60) + ":" + ("0" + (seconds % 60)).slice(-2);
  }
})();
