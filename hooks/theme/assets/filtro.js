// The finder: hides the rows that do not match, and every option says how many cards it would leave.
// A row names the options it fits in data-fase, data-minutos…; the state is in the address, so it can be linked.
(function () {
  "use strict";

  var form = document.querySelector("[data-filtro]");
  if (!form) return;
  var details = form.querySelector("details");
  var summary = form.querySelector("summary");
  var reset = form.querySelector("[type=reset]");
  var active = form.querySelector("[data-activos]");
  var empty = document.querySelector("[data-vacio]");
  var wide = window.matchMedia("(min-width: 45em)");

  var facets = list(form.querySelectorAll("select"), function (select) {
    var options = list(select.options, function (option) { return { node: option, text: option.text }; });
    return { name: select.name, select: select, options: options, value: "", counts: new Map(), without: 0 };
  });
  var groups = list(document.querySelectorAll(".grupo"), function (group) {
    return { node: group, rows: list(group.querySelectorAll(".fila"), read_row) };
  });

  details.open = wide.matches;
  form.hidden = false;
  read();
  apply();

  wide.addListener(function () { details.open = wide.matches; });
  form.addEventListener("change", function () { write(); apply(); });
  form.addEventListener("reset", function () {
    window.setTimeout(function () { write(); apply(); summary.focus(); }); // the button is gone
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("popstate", function () { read(); apply(); });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-poner]");
    if (!button) return;
    // "fase=" takes a filter away; "minutos=dias" puts another in its place.
    var change = button.dataset.poner.split("=");
    form.elements[change[0]].value = change[1];
    write();
    apply();
    summary.focus(); // the button is gone
  });

  function list(nodes, make) {
    return Array.prototype.map.call(nodes, make);
  }

  function read_row(row) {
    var fits = facets.map(function (facet) {
      return (row.getAttribute("data-" + facet.name) || "").split(" ").filter(Boolean);
    });
    return { node: row, fits: fits };
  }

  function read() {
    var query = new URLSearchParams(location.search);
    facets.forEach(function (facet) {
      var value = query.get(facet.name) || "";
      var known = facet.options.map(function (option) { return option.node.value; });
      // A link may give any number: it is the nearest smaller choice, never more than was asked.
      if (known.indexOf(value) < 0 && "numero" in facet.select.dataset && /^\d+$/.test(value)) {
        value = known.filter(function (choice) {
          return /^\d+$/.test(choice) && Number(choice) <= Number(value);
        }).pop() || "";
      }
      facet.select.value = known.indexOf(value) < 0 ? "" : value;
    });
  }

  function write() {
    var query = new URLSearchParams(location.search);
    facets.forEach(function (facet) { query.delete(facet.name); });
    facets.forEach(function (facet) { if (facet.select.value) query.set(facet.name, facet.select.value); });
    var text = query.toString().replace(/%2C/g, ",");
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }

  function apply() {
    var total = 0;
    facets.forEach(function (facet) {
      facet.value = facet.select.value;
      facet.counts = new Map();
      facet.without = 0;
    });
    groups.forEach(function (group) {
      var shown = 0;
      group.rows.forEach(function (row) {
        var missed = facets.filter(function (facet, index) {
          return facet.value && row.fits[index].indexOf(facet.value) < 0;
        });
        // An option leaves the cards that pass all the other filters: a row that misses one counts in that one.
        facets.forEach(function (facet, index) {
          if (missed.length > 1 || (missed.length === 1 && missed[0] !== facet)) return;
          facet.without += 1;
          row.fits[index].forEach(function (choice) {
            facet.counts.set(choice, (facet.counts.get(choice) || 0) + 1);
          });
        });
        if (row.node.hidden !== missed.length > 0) row.node.hidden = missed.length > 0;
        if (!missed.length) shown += 1;
      });
      group.node.hidden = !shown;
      total += shown;
    });
    facets.forEach(label);
    form.elements.cuenta.value = cards(total);
    say_active();
    say_empty(total);
  }

  function label(facet) {
    facet.options.forEach(function (option) {
      var choice = option.node.value;
      var count = choice ? facet.counts.get(choice) || 0 : facet.without;
      option.node.text = option.text + " (" + count + ")";
      option.node.disabled = choice !== "" && choice !== facet.value && !count;
    });
  }

  function cards(number) {
    return number === 1 ? "1 ficha" : number + " fichas";
  }

  function said(facet) {
    return "«" + facet.options[facet.select.selectedIndex].text + "»";
  }

  function chosen() {
    return facets.filter(function (facet) { return facet.value; });
  }

  function button(text, change) {
    var made = document.createElement("button");
    made.type = "button";
    made.dataset.poner = change;
    made.textContent = text;
    return made;
  }

  function say_active() {
    var filters = chosen(), minutes = facets.filter(function (facet) { return facet.name === "minutos"; })[0];
    summary.textContent = filters.length ? "Filtrar (" + filters.length + ")" : "Filtrar";
    reset.hidden = !filters.length;
    active.textContent = "";
    filters.forEach(function (facet) { active.appendChild(button("Quitar " + said(facet), facet.name + "=")); });
    // What takes days has no minutes: it does not leave the list without a word.
    var slow = minutes.counts.get("dias");
    if (minutes.value && minutes.value !== "dias" && slow) {
      active.appendChild(button("Ver " + cards(slow) + " de días o semanas", "minutos=dias"));
    }
    active.hidden = !active.firstChild;
  }

  function say_empty(total) {
    empty.textContent = "";
    empty.hidden = total > 0;
    if (total) return;
    var best = chosen().reduce(function (most, facet) { return most && most.without >= facet.without ? most : facet; }, null);
    if (best && best.without) {
      empty.textContent = "Ninguna ficha cumple todos los filtros. ";
      empty.appendChild(button("Quitar " + said(best) + ": " + cards(best.without), best.name + "="));
    } else {
      empty.textContent = "Ninguna ficha cumple estos filtros, ni quitando uno de ellos. Use «Quitar filtros».";
    }
  }
})();
