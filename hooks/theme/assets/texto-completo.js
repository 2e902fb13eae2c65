// Full text, by Pagefind: a module and WebAssembly, fetched in small pieces when the network allows.
(function () {
  "use strict";

  window.fichero.cargarTexto = function (site) {
    return import(site + "pagefind/pagefind.js").then(function (pagefind) {
      return pagefind.options({ baseUrl: new URL(site).pathname, excerptLength: 24 }).then(function () {
        return function (text) {
          return pagefind.search(text).then(function (answer) {
            return Promise.all(answer.results.slice(0, 5).map(function (result) { return result.data(); }));
          }).then(function (pages) {
            return pages.map(function (page) {
              var found = page.sub_results[0] || page;
              return {
                path: new URL(found.url, site).href.slice(site.length),
                title: page.meta.title,
                sentence: sentence(found.excerpt)
              };
            });
          });
        };
      });
    });
  };

  /** The excerpt with its marks, read as text: whatever else were in it stays words. */
  function sentence(excerpt) {
    var made = document.createDocumentFragment();
    new DOMParser().parseFromString(excerpt, "text/html").body.childNodes.forEach(function (node) {
      if (node.nodeName === "MARK") {
        var mark = document.createElement("mark");
        mark.textContent = node.textContent;
        made.append(mark);
      } else {
        made.append(node.textContent);
      }
    });
    return made;
  }
})();
