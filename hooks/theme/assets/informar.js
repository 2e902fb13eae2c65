// «Informar de un error» arrives with the page it came from, or with a word that the search does not know: put it
// in the text to copy.
(function () {
  "use strict";

  var asked = new URLSearchParams(location.search);
  var page = asked.get("pagina"), word = asked.get("palabra");
  var target = document.getElementById("que-decir");
  if (!target || word === null && page === null || page !== null && !/^[a-z0-9/-]*$/.test(page)) return;
  var text = document.createElement("textarea");
  text.rows = 6;
  text.setAttribute("aria-label", "Texto del informe");
  // What arrives in the address is only ever the value of a text box.
  text.value = word === null
    ? "Página: " + new URL("../../" + page, location.href).href + "\nDice: \nDebería decir: \nLo sé porque: "
    : "Busqué: " + word.slice(0, 200) + "\nEsperaba encontrar: \nEn mi oficina lo llamamos así porque: ";
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
