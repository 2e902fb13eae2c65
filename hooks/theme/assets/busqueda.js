// The search engine: the card index of `buscar/nombres.js` and `buscar/textos.js`, searched at every key press.
// Loaded by buscador.js when someone is about to search, after MiniSearch and the stemmer. Knows no page.
//
//   fichero.find("texto")  →  [{ kind, path, title, summary, parts, score }], the best first
(function () {
  "use strict";

  var fichero = window.fichero;
  var MAX_QUERY = 200, MOST = 100;
  // Words that say nothing about what is sought.
  var EMPTY = new Set(("a al algo ante asi aun bien cada como con cual cuando cuanto de del desde donde dos e el ella ellas " +
    "ellos en entre era es esa ese eso esta estan estar estas este esto estos estoy fue ha hacer hace hacemos hago han hasta " +
    "hay he hemos la las le les lo los mas me mi mis mucho muy ni no nos nosotros nuestra nuestro o os otra otro para " +
    "pero poco por porque pues puede puedo que quien quiere quiero queremos se sea ser si sin sobre solo somos son su " +
    "sus tal tambien tan te tener tengo tenemos tiene tienen todo toda todos todas tu u un una unas uno unos usted va " +
    "vamos van ver y ya yo necesito necesitamos ayuda favor the of to and how").split(" "));
  // A name says what a thing is; a need says it in the reader's words; a step only mentions it. Found with
  // tests/busqueda/consultas.yml, half «ajuste».
  var NAMES = { title: 3, names: 2.5 };
  var NEEDS = { needs: 4, uses: 2 };
  var TEXTS = { summary: 0.75, uses: 0.4, parts: 0.35 };
  var SAME_NAME = 3, ALIKE = 0.5, LOOSE = 0.5, FAR = 0.4;
  var KINDS = { m: 1, r: 0.6, g: 0.75, c: 0.6, t: 0.55, p: 0.45 };
  var rows = [], end = "", words = new Set();
  var alike = new Map();  // root → words that a reader may use instead
  var known = new Map();  // word → its forms
  var indexes = [];

  fichero.nombres = function (list, ending) {
    end = ending;
    rows = list.map(function (row, id) {
      return { id: id, kind: row[0], path: row[1], title: row[2], names: row.slice(3), summary: "", parts: [] };
    });
    var names = engine(NAMES);
    names.addAll(rows.map(function (row) {
      return { id: row.id, title: joined(row.title), names: row.names.join(" ") };
    }));
    indexes = [names];
    changed();
    // Only now: over a slow network the two together would be waited for together.
    if (fichero.traer) fichero.traer(["buscar/textos.js"]);
  };

  /** `groups`: words that are searched one for another. Resolves when everything can be found. */
  fichero.textos = function (list, groups) {
    groups.forEach(function (group) {
      var folded = group.map(fold);
      folded.forEach(function (word) {
        var others = folded.filter(function (other) { return other !== word; });
        alike.set(root(word), (alike.get(root(word)) || []).concat(others));
      });
    });
    var documents = list.map(function (text, id) {
      rows[id].summary = text[0];
      rows[id].parts = text[2];
      var titles = text[2].map(function (part) { return part[1]; });
      return { id: id, summary: text[0], needs: text[1].join(" "), parts: titles.join(" "), uses: text[3].join(" ") };
    });
    // Needs have an index of their own: there a word that every card's needs have says little.
    var needs = engine(NEEDS), texts = engine(TEXTS), pieces = { chunkSize: 50 };
    return Promise.all([  // in pieces, so that typing never waits for it
      needs.addAllAsync(documents.filter(function (document) { return document.needs; }), pieces),
      texts.addAllAsync(documents, pieces)
    ]).then(function () {
      indexes.push(needs, texts);
      fichero.listo = true;
      changed();
    });
  };

  function changed() {
    if (fichero.alCambiar) fichero.alCambiar();
  }

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

  function means(word) {
    return !EMPTY.has(word);
  }

  /** A word as written and its root. The stemmer knows «-ción» only with its accent, which is always there. */
  function formsOf(word) {
    var forms = known.get(word);
    if (!forms) {
      var base = fold(fichero.raiz(word.replace(/([cs])ion$/, "$1ión")));
      forms = !means(word) ? [] : base === word ? [word] : [word, base];
      known.set(word, forms);
    }
    return forms;
  }

  /** A name followed by its words run together by twos: a phone's keyboard often loses a space. */
  function joined(name) {
    var parts = tokens(name), pairs = [];
    for (var i = 1; i < parts.length; i += 1) pairs.push(parts[i - 1] + parts[i]);
    return name + " " + pairs.join(" ");
  }

  /** What answers some words, the best first: [{ kind, path, title, summary, parts, score }]. `far`: what looks like them. */
  fichero.find = function (text, far) {
    var asked = tokens(text.slice(0, MAX_QUERY)).filter(means);
    if (!asked.length) return [];
    var direct = new Set(), loose = new Set(), others = [];
    asked.forEach(function (word, at) {
      var forms = formsOf(word);
      forms.forEach(direct.add, direct);
      // The word being typed may be half a word; one that no page has may be misspelt.
      if (far || at === asked.length - 1 || !forms.some(words.has, words)) forms.forEach(loose.add, loose);
      others = others.concat(alike.get(root(word)) || []);
    });
    var query = asked.concat(others).join(" ");
    var options = {
      processTerm: formsOf,
      prefix: function (term) { return loose.has(term) && term.length > 1; },
      fuzzy: far ? FAR : function (term) { return !loose.has(term) || words.has(term) || term.length < 4 ? 0 : term.length < 8 ? 1 : 2; },
      weights: { fuzzy: LOOSE, prefix: LOOSE },
      boostTerm: function (term) { return direct.has(term) ? 1 : ALIKE; }
    };
    var found = new Map();
    indexes.forEach(function (index) {
      index.search(query, options).forEach(function (result) {
        var sum = found.get(result.id) || { score: 0, terms: new Set() };
        sum.score += result.score;
        result.queryTerms.forEach(sum.terms.add, sum.terms);
        found.set(result.id, sum);
      });
    });
    // The forms that answer each word: its own, and those of the words used instead.
    var answers = asked.map(function (word) {
      return [].concat.apply(formsOf(word), (alike.get(root(word)) || []).map(formsOf));
    });
    var results = [];
    found.forEach(function (sum, id) {
      var row = rows[id];
      var answered = answers.filter(function (forms) { return forms.some(sum.terms.has, sum.terms); }).length;
      var score = sum.score * KINDS[row.kind] * (0.3 + 0.7 * answered / asked.length);
      results.push({ kind: row.kind, path: row.path, title: row.title, summary: row.summary, parts: row.parts, score: score, row: row });
    });
    var wanted = key(asked);
    results = results.sort(better).slice(0, MOST);
    results.forEach(function (result) { if (called(result.row, wanted)) result.score *= SAME_NAME; });
    return results.sort(better);
  };

  function better(a, b) {
    return b.score - a.score || (a.path < b.path ? -1 : 1);
  }

  /** The words of a query that say something: what the full text is asked. */
  fichero.meaning = function (text) {
    return tokens(text.slice(0, MAX_QUERY)).filter(means).join(" ");
  };

  /** The step or section whose title answers better than the whole: its fragment and title, or nothing. */
  fichero.part = function (result, text) {
    var said = tokens(text.slice(0, MAX_QUERY)).filter(means).map(root);
    var title = tokens(result.title).map(root), best = null, most = 0;
    result.parts.forEach(function (part) {
      var there = tokens(part[1]).map(root);
      var count = said.filter(function (form) { return there.indexOf(form) >= 0 && title.indexOf(form) < 0; }).length;
      if (count > most && 2 * count >= said.length) { best = part; most = count; }
    });
    return best;
  };

  function root(word) {
    var forms = formsOf(word);
    return forms[forms.length - 1] || word;
  }

  /** The roots of some words, in order: what makes two names the same. */
  function key(list) {
    return list.filter(means).map(root).join(" ");
  }

  function called(row, wanted) {
    if (!row.keys) {
      row.keys = [row.title].concat(row.names).map(function (name) { return key(tokens(name)); });
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
