// A guide's checklists remember, in this browser alone, what was ticked. Where storage is refused they still tick.
(function () {
  "use strict";

  var place = "fichero:" + location.pathname.replace(/index\.html$/, "");
  var done = {};
  try { done = JSON.parse(localStorage.getItem(place)) || {}; } catch (error) { done = {}; }

  document.querySelectorAll("[data-control] input").forEach(function (box) {
    box.checked = done[box.dataset.clave] === true;
    box.addEventListener("change", function () {
      if (box.checked) done[box.dataset.clave] = true; else delete done[box.dataset.clave];
      try { localStorage.setItem(place, JSON.stringify(done)); } catch (error) { /* private window: nothing to keep */ }
    });
  });
})();
