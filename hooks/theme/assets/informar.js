// «Informar de un error» arrives with the page it came from: put its address in the text to copy.
(function () {
  "use strict";

  var page = new URLSearchParams(location.search).get("pagina");
  var target = document.getElementById("que-decir");
  if (!target || page === null || !/^[a-z0-9/-]*$/.test(page)) return;
  var address = new URL("../../" + page, location.href).href;
  var text = document.createElement("textarea");
  text.rows = 6;
  text.setAttribute("aria-label", "Texto del informe");
  text.value = "Página: " + address + "\nDice: \nDebería decir: \nLo sé porque: ";
  var button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copiar el texto";
  button.addEventListener("click", function () {
    text.select();
    var copied = document.execCommand("copy");
    button.textContent = copied ? "Copiado" : "Selecciónelo y cópielo";
  });
  var list = target.nextElementSibling;
  list.insertAdjacentElement("afterend", button);
  list.insertAdjacentElement("afterend", text);
})();
