// The catalogue's filter: hides the rows that do not match. The state is in the address, so it can be linked.
(function () {
  "use strict";

  var form = document.querySelector("[data-filtro]");
  if (!form) return;
  var groups = Array.prototype.slice.call(document.querySelectorAll(".grupo"));
  var empty = document.querySelector("[data-vacio]");
  var fields = ["fase", "minutos"];
  form.hidden = false;

  read();
  apply();
  form.addEventListener("change", function () { write(); apply(); });
  form.addEventListener("reset", function () { window.setTimeout(function () { write(); apply(); }); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("popstate", function () { read(); apply(); });

  function read() {
    var query = new URLSearchParams(location.search);
    fields.forEach(function (name) {
      var select = form.elements[name], value = query.get(name) || "";
      var known = Array.prototype.some.call(select.options, function (option) { return option.value === value; });
      // A link may say any number of minutes: the nearest smaller choice is shown, never more than was asked.
      if (!known && name === "minutos" && /^\d+$/.test(value)) {
        value = Array.prototype.map.call(select.options, function (option) { return option.value; })
          .filter(function (choice) { return choice && Number(choice) <= Number(value); }).pop() || "";
        known = true;
      }
      select.value = known ? value : "";
    });
  }

  function write() {
    var query = new URLSearchParams(location.search);
    fields.forEach(function (name) {
      var value = form.elements[name].value;
      if (value) query.set(name, value); else query.delete(name);
    });
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  function apply() {
    var phase = form.elements.fase.value, minutes = Number(form.elements.minutos.value), total = 0;
    groups.forEach(function (group) {
      var shown = 0;
      group.querySelectorAll(".fila").forEach(function (row) {
        var fits = (!phase || row.dataset.fase === phase) &&
          (!minutes || (row.dataset.minutos && Number(row.dataset.minutos) <= minutes));
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      group.hidden = !shown;
      total += shown;
    });
    form.elements.cuenta.value = total === 1 ? "1 ficha" : total + " fichas";
    empty.hidden = total > 0;
  }
})();
