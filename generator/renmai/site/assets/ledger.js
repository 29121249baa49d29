// The ledger's table: filtered as one types, sorted by a click, drawn a screenful at a time.
(function () {
  "use strict";
  const { match, words, ledger } = window.renmai;
  const root = document.documentElement.dataset.root;
  const SCREENFUL = 60;

  const form = document.querySelector("[data-filters]");
  const table = document.querySelector("[data-table]");
  const body = table.tBodies[0];
  const status = document.querySelector("[data-status]");
  const none = document.querySelector("[data-none]");
  const sorting = { key: "name", down: false };

  // ---- who stands in the ledger -----------------------------------------------------------------
  const known = new Map(match.records.map((record, place) => [record.href, { record, place }]));
  const people = [];
  for (const [href, gave, got, asked] of ledger.rows) {
    if (!known.has(href)) continue;
    const { record, place } = known.get(href);
    Object.assign(record, { place, gave, got, asked });
    // As `renmai.rules.ledger` has it: three times given for two asked, the next one included.
    record.until = Math.max(0, Math.ceil((3 * (asked + 1) - 2 * gave) / 2));
    record.owed = Math.max(0, got - gave);
    people.push(record);
  }
  let shown = people;
  let drawn = 0;

  // ---- one row --------------------------------------------------------------------------------
  function element(tag, name, ...content) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...content);
    return made;
  }
  function shape(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }
  function say(text, n) {
    return (typeof text === "string" ? text : n === 1 ? text.one : text.other).replace("{n}", n);
  }
  /** The same picture as `renmai.site.charts.against.balance`. */
  function balance(got, gave) {
    const part = (number) => `${(100 * number) / (2 * ledger.most)}%`;
    const made = shape("svg", { class: "chart balance", "aria-hidden": "true" });
    made.append(
      shape("rect", { x: part(ledger.most - got), width: part(got), height: "100%", class: "got" }),
      shape("rect", { x: "50%", width: part(gave), height: "100%", class: "gave" }),
      shape("line", { x1: "50%", x2: "50%", y1: "-20%", y2: "120%", class: "ground" }),
    );
    return made;
  }
  function row(person) {
    const link = element("a", "clip", person.title);
    link.href = root + person.href;
    const { gave, got, asked } = person;
    const figures = element("span", "small clip figures",
      ledger.words.row.replace("{gave}", gave).replace("{got}", got).replace("{asked}", asked));
    figures.ariaHidden = "true";
    const standing = element("td", "l-standing");
    if (person.until) standing.append(element("span", "", say(ledger.words.give, person.until)));
    else standing.append(element("span", "ok", ledger.words.ready));
    if (person.owed) standing.append(element("span", "", say(ledger.words.owed, person.owed)));
    return element("tr", "",
      element("td", "l-name", element("div", "name", match.face(person, ""), element("span", "", link, figures))),
      element("td", "l-gave", gave), element("td", "l-got", got), element("td", "l-asked", asked),
      element("td", "l-balance", balance(got, gave)), standing);
  }

  // ---- drawing, filtering, sorting --------------------------------------------------------------
  const end = element("div");
  table.after(end);
  function drawMore() {
    const next = shown.slice(drawn, drawn + SCREENFUL);
    body.append(...next.map(row));
    drawn += next.length;
    end.hidden = drawn >= shown.length;
  }
  new IntersectionObserver((entries) => entries[0].isIntersecting && drawMore(), { rootMargin: "1200px" }).observe(end);

  const FITS = {
    ready: (person) => !person.until,
    owed: (person) => person.owed > 0,
    give: (person) => person.until > 0,
  };
  const VALUES = {
    name: (person) => person.place,
    gave: (person) => -person.gave,
    got: (person) => -person.got,
    asked: (person) => -person.asked,
    balance: (person) => person.gave - person.got,
  };
  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const value = VALUES[sorting.key];
    shown = match.search(people, wanted.q).filter(FITS[wanted.standing] || (() => true));
    if (!wanted.q || sorting.key !== "name" || sorting.down) {
      shown.sort((a, b) => value(a) - value(b) || a.place - b.place);
      if (sorting.down) shown.reverse();
    }
    drawn = 0;
    body.replaceChildren();
    drawMore();
    none.hidden = shown.length > 0;
    const text = words.people[shown.length === people.length ? "status" : "found"];
    status.textContent = say(text, shown.length).replace("{all}", people.length);
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of table.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", function () {
      sorting.down = sorting.key === button.dataset.sort && !sorting.down;
      sorting.key = button.dataset.sort;
      for (const head of table.querySelectorAll("th")) head.removeAttribute("aria-sort");
      // The figures begin with the highest.
      const up = (sorting.key === "name" || sorting.key === "balance") !== sorting.down;
      button.closest("th").setAttribute("aria-sort", up ? "ascending" : "descending");
      filter();
    });
  }
  filter();
})();
