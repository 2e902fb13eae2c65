"""Fichero's core: a folder of Markdown cards goes in, a Site (pages, data files, problems) comes out.

The modules, in the order the data flows. A module imports only modules above it in this list
(tests/test_layers.py holds us to it), and none of them imports MkDocs.

    problems     what the checker says, and how it is printed
    characters   the bytes of a file as text, and the characters that deceive; what is safe to repair
    privacy      personal data in a text, never shown whole
    quantities   "90-120 min", "3-6 semanas", "6-12": text read as numbers with a unit
    addresses    what is wrong with a web address
    plain_yaml   YAML as plain text with places: what a header or a data file says
    source       one file's text: front matter with positions, sections, links, citations
    prose        what a person reads in some Markdown, each character in its place
    vocabulary   the closed word lists of docs/_datos/vocabularios.yml
    fields       the types of the fields: a title, a date, a code, an address
    model        what a method, a case, a guide, a page, a source and a term are
    kinds        the content types: folder, address, fixed sections, guide page
    reading      how easy a text is to read
    language     rules about the language of a text: accents, repeated words, capitals
    names        what files may be called, and which each folder holds
    images       what an image weighs, is and tells
    attachments  what a table or a document is, and whether it runs anything
    history      when each file changed, from one pass over git's log
    settings     where the site will live
    read         step 1: the disk ends here
    typed        step 2: one value against its class, its errors told in Spanish
    steps        step 2: the steps of a card, and what each is made of
    wordlists    step 2: the file of vocabularies, each word and the lists together
    validate     step 2: text becomes typed documents
    claims       what must cite a source
    dates        the order of dates, their century, and those that have not come
    layout       titles, images, tables, and parts not written yet
    structure    step 2: rules about one document alone
    texts        step 2: rules about every text, wherever it is written
    link         step 3: documents become a Catalog
    whole        the rules that need to see all the files together
    relations    the rules about relations between files
    facets       the ways of choosing a method: phase, time, group size…
    recipes      situations and recipes: their rules, the ways to each, what each takes
    reports      reports of use: their rules, and the real minutes of each card
    register     the published addresses, and the promise that they live for ever
    proposal     what a proposal may not undo, given the content it started from
    html         what is done to an article's HTML: glossary marks, allow-list
    markdown     a contributor's text as HTML, or without its marks
    links        the rules about links: where each leads, and what its text says
    forms        an issue form's text becomes answers
    form_lines   a line of an answer as people type it: its list mark, its asterisks
    form_steps   an answer's steps, typed without Markdown
    named        what an answer names and must exist: cards, sources and their numbers
    drafts       answers become a card or a case
    answers      answers become a report of use, or a correction to read
    search       step 4: the Catalog becomes the card index that the browser searches
    health       step 4: what the Catalog lacks, for the page that says what to do next
    jinja        step 4: the templates of the package, read with one environment
    wording      step 4: how quantities and dates are said
    api          step 4: the resources of the open API, their rows and their schemas
    export       step 4: the Catalog becomes data files
    tables       step 4: the resources of the API as CSV, and the data package that describes them
    stages       step 4: what a stage of a guide is made of
    reference    step 4: the package's public names, with signatures and docstrings
    listings     step 4: what the generated pages list
    render       step 4: the Catalog becomes the pages' articles
    rendered     step 4: what would be published against the allow-list, before anything is built
    ahead        step 4: the articles of a large site, made by every core
    compare      step 4: the facts of each card that the comparison shows
    plain        step 4: each card, case and guide as one plain Markdown text
    feed         step 4: what is new and what changed, as an Atom feed
    pipeline     the steps in order
    write        step 5: pages and files to a folder, for another generator
    fulltext     step 5: the written pages become a full-text index
    repair       the content's text files repaired where they are
    published    step 5: the written site is held against the catalog: nothing written is lost
    manifest     step 5: a written folder and the sum of each file, to prove what was published
    archive      step 5: a written folder becomes the ZIP of the copy without network
    new          a file to fill in, for `fichero nuevo` and for the editor's snippets
    editor       schemas of the data files and snippets, for a text editor
    cli          the command `fichero`
"""

# The only place where it is written. A release's tag must say the same (.github/workflows/entregar.yml).
__version__ = "0.1.0"
