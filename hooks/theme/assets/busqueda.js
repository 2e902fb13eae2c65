// The search engine: the card index of `buscar/nombres.js` and `buscar/textos.js`, searched at every key press.
// Loaded by buscador.js when someone is about to search, after MiniSearch and the stemmer. Knows no page.
//
//   fichero.find("texto")  →  [{ kind, path, title, summary, parts, score }], the best first
(function () {
  "use strict";

  var fichero = window.fichero;
  var MAX_QUERY = 200;
  // Words that say nothing about what is sought. They count only when a query has no others.
  var EMPTY = new Set(("a al algo ante asi aun bien cada como con cual cuando cuanto de del desde donde dos e el ella ellas " +
    "ellos en entre era es esa ese eso esta estan estar estas este esto estos estoy fue ha hacer hace hacemos hago han hasta " +
    "hay he hemos la las le les lo los mas me mi mis mucho muy ni no nos nosotros nuestra nuestro o os otra otro para " +
    "pero poco por porque pues puede puedo que quien quiere quiero queremos se sea ser si sin sobre solo somos son su " +
    "sus tal tambien tan te tener tengo tenemos tiene tienen todo toda todos todas tu u un una unas uno unos usted va " +
    "vamos van ver y ya yo necesito necesitamos ayuda favor the of to and how").split(" "));
  // A name says what a thing is; a need says it in the reader's words; a step only mentions it.
  var NAMES = { title: 3, names: 2.5 };
  var TEXTS = { needs: 2, summary: 1.5, parts: 0.7 };
  var KINDS = { m: 1, r: 0.95, g: 0.75, c: 0.6, t: 0.55, p: 0.45 };
  var rows = [], end = "", words = new Set();
  var byName, byText;

  fichero.nombres = function (list, ending) {
    end = ending;
    rows = list.map(function (row, id) {
      return { id: id, kind: row[0], path: row[1], title: row[2], names: row.slice(3), summary: "", parts: [] };
    });
    byName = engine(NAMES);
    rows.forEach(function (row) {
      byName.add({ id: row.id, title: joined(row.title), names: row.names.map(joined).join(" ") });
    });
  };

  fichero.textos = function (list) {
    var index = engine(TEXTS);
    list.forEach(function (text, id) {
      rows[id].summary = text[0];
      rows[id].needs = text[1];
      rows[id].parts = text[2];
    });
    var documents = list.map(function (text, id) {
      return { id: id, summary: text[0], needs: text[1].join(" "), parts: text[2].map(function (part) { return part[1]; }).join(" ") };
    });
    // In pieces, so that typing never waits for it.
    return index.addAllAsync(documents, { chunkSize: 50 }).then(function () { byText = index; });
  };

  function engine(boost) {
    return new window.MiniSearch({
      fields: Object.keys(boost),
      tokenize: tokens,
      processTerm: function (term) {
        var forms = formsOf(term);
        forms.forEach(function (form) { words.add(form); });
        return forms;
      },
      searchOptions: { boost: boost, tokenize: tokens }
    });
  }

  /** Lower case, without accents: «Diagnóstico» and «diagnostico» are one word. */
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function tokens(text) {
    return fold(text).match(/[a-z0-9]+/g) || [];
  }

  /** A word as written and its root. The stemmer knows «-ción» only with its accent, which is always there. */
  function formsOf(word) {
    if (EMPTY.has(word)) return [];
    var root = fold(fichero.raiz(word.replace(/([cs])ion$/, "$1ión")));
    return root === word ? [word] : [word, root];
  }

  /** A name followed by its words run together by twos: a phone's keyboard often loses a space. */
  function joined(name) {
    var parts = tokens(name), pairs = [];
    for (var i = 1; i < parts.length; i += 1) pairs.push(parts[i - 1] + parts[i]);
    return name + " " + pairs.join(" ");
  }

  function distance(term) {
    return words.has(term) || term.length < 4 ? 0 : term.length < 8 ? 1 : 2;
  }

  fichero.find = function (text) {
    var asked = tokens(text.slice(0, MAX_QUERY));
    var said = asked.filter(function (word) { return !EMPTY.has(word); });
    if (!byName || !said.length) return [];
    var last = asked[asked.length - 1];
    var options = {
      processTerm: formsOf,
      prefix: function (term) { return term.length > 3 || (term.length > 1 && last.indexOf(term) === 0); },
      fuzzy: distance,
      weights: { fuzzy: 0.5, prefix: 0.5 }
    };
    var query = said.join(" ");
    var scores = new Map();
    add(byName.search(query, options), 1);
    if (byText) add(byText.search(query, options), 0.6);

    function add(results, weight) {
      results.forEach(function (result) {
        var found = scores.get(result.id) || { score: 0, matched: new Set() };
        found.score += result.score * weight;
        result.queryTerms.forEach(function (term) { found.matched.add(term); });
        scores.set(result.id, found);
      });
    }

    var wanted = key(said);
    var results = [];
    scores.forEach(function (found, id) {
      var row = rows[id];
      var matched = said.filter(function (word) {
        return formsOf(word).some(function (form) { return found.matched.has(form); });
      }).length;
      var score = found.score * KINDS[row.kind] * (0.4 + 0.6 * matched / said.length);
      if (called(row, wanted)) score *= 3;
      results.push({ kind: row.kind, path: row.path, title: row.title, summary: row.summary, parts: row.parts, score: score });
    });
    return results.sort(function (a, b) { return b.score - a.score || (a.path < b.path ? -1 : 1); });
  };

  /** The roots of some words, in order: what makes two names the same. */
  function key(list) {
    return list.map(function (word) { return formsOf(word).pop() || ""; }).join(" ").trim();
  }

  function called(row, wanted) {
    if (!row.keys) {
      row.keys = [row.title].concat(row.names).map(function (name) { return key(tokens(name)).replace(/ +/g, " "); });
    }
    return row.keys.indexOf(wanted) >= 0;
  }

  /** The address of a result from the root of the site: in the copy without network a folder names its file. */
  fichero.href = function (path) {
    var cut = path.indexOf("#");
    var page = cut < 0 ? path : path.slice(0, cut), fragment = cut < 0 ? "" : path.slice(cut);
    return page + (page === "" || page.slice(-1) === "/" ? end : "") + fragment;
  };
})();
