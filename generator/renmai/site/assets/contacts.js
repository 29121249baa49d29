// The table of contacts: filtered as one types, sorted by a click, drawn a screenful at a time.
(function () {
  "use strict";
  const { match, days, words } = window.renmai;
  const root = document.documentElement.dataset.root;
  const SCREENFUL = 60;
  const LEVELS = ["hot", "warm", "cool", "cold"];

  const form = document.querySelector("[data-filters]");
  const table = document.querySelector("[data-table]");
  const body = table.tBodies[0];
  const status = document.querySelector("[data-status]");
  const none = document.querySelector("[data-none]");
  const people = match.records.filter((record) => record.kind === "contact" && record.status !== "me");
  const turning = people.filter((person) => person.later);
  const collator = new Intl.Collator(document.documentElement.lang, { sensitivity: "base", numeric: true });
  const sorting = { key: "name", down: false };
  let shown = people;
  let drawn = 0;

  // ---- one row --------------------------------------------------------------------------------
  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  function cell(name, ...content) {
    const made = element("td", name);
    made.append(...content);
    return made;
  }
  function isoOf(day) {
    return new Date(day * 864e5).toISOString().slice(0, 10);
  }
  /** The names of circles; one that has room for itself is not broken. */
  function circles(person) {
    const made = element("span", "clip");
    person.circles.forEach((key, place) => {
      const name = Object.hasOwn(words.circle, key) ? words.circle[key] : key;
      made.append(element("span", "whole", name + (place < person.circles.length - 1 ? words.comma.trim() : "")), " ");
    });
    return made;
  }
  function row(person, today) {
    const name = element("div", "name");
    const text = element("span");
    const link = element("a", "clip", person.title);
    link.href = root + person.href;
    text.append(link);
    if (person.reading) text.append(element("span", "small clip", person.reading));
    name.append(match.face(person, ""), text);
    const level = element("span", `level ${person.level}`);
    const pips = element("span", "pips");
    pips.ariaHidden = "true";
    pips.append(element("i"), element("i"), element("i"), element("i"));
    level.append(pips, words.level[person.level]);
    const last = element("time", "", person.last === null ? "" : days.write("full", person.last));
    if (person.last !== null) last.dateTime = isoOf(person.last);
    const due = element("span", person.due !== null && dueOf(person, today) < today ? "late" : "");
    if (person.due !== null) due.textContent = days.relative("due", dueOf(person, today), today);
    const made = element("tr");
    made.append(
      cell("c-name", name), cell("c-work", element("span", "clip", person.line.replaceAll(" · ", "\u00a0· "))),
      cell("c-circle", circles(person)),
      cell("c-level", level), cell("c-last", last), cell("c-due", due),
    );
    return made;
  }

  /** Level, last contact and due state are those of the day of reading. */
  function settle(today) {
    for (const person of turning) {
      const now = person.later.findLast(([from]) => from <= today);
      if (now) [, person.level, person.last, person.due] = now;
    }
  }

  /** When a person is next due; "never in touch" is due on whatever day it is. */
  function dueOf(person, today) {
    return person.due === 0 ? today : person.due;
  }

  // ---- drawing --------------------------------------------------------------------------------
  const end = element("div");
  table.after(end);
  function drawMore() {
    const today = days.readToday();
    const next = shown.slice(drawn, drawn + SCREENFUL);
    body.append(...next.map((person) => row(person, today)));
    drawn += next.length;
    end.hidden = drawn >= shown.length;
  }
  new IntersectionObserver((entries) => entries[0].isIntersecting && drawMore(), { rootMargin: "1200px" }).observe(end);

  // ---- filtering and sorting --------------------------------------------------------------------
  const VALUES = {
    name: null,
    work: (person) => person.line,
    level: (person) => LEVELS.indexOf(person.level) * 1e6 - person.warmth,
    last: (person) => (person.last === null ? Infinity : -person.last),
    due: (person) => (person.due === null ? Infinity : person.due),
  };
  function compare(a, b) {
    const value = VALUES[sorting.key];
    if (!value) return a.place - b.place;
    const [x, y] = [value(a), value(b)];
    if (typeof x === "string") return (x === "") - (y === "") || collator.compare(x, y) || a.place - b.place;
    return x === y ? a.place - b.place : x < y ? -1 : 1;
  }
  function dueState(person, today) {
    if (person.due === null) return "none";
    const due = dueOf(person, today);
    return due < today ? "overdue" : due === today ? "now" : "ahead";
  }
  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const today = days.readToday();
    settle(today);
    shown = match.search(people, wanted.q).filter(
      (person) =>
        (!wanted.circle || person.circles.includes(wanted.circle)) &&
        (!wanted.tag || person.tags.includes(wanted.tag)) &&
        (!wanted.level || person.level === wanted.level) &&
        (!wanted.status || person.status === wanted.status) &&
        (!wanted.due || dueState(person, today) === wanted.due),
    );
    if (!wanted.q || sorting.key !== "name" || sorting.down) {
      shown.sort(compare);
      if (sorting.down) shown.reverse();
    }
    drawn = 0;
    body.replaceChildren();
    drawMore();
    none.hidden = shown.length > 0;
    const text = words.people[shown.length === people.length ? "status" : "found"];
    const form_ = typeof text === "string" ? text : shown.length === 1 ? text.one : text.other;
    status.textContent = form_.replace("{n}", shown.length).replace("{all}", people.length);
  }

  // ---- the address keeps the filters, so that a circle or a tag can be linked to ------------------
  function readAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = wanted.get(field.name) || "";
      if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
        field.add(new Option(value, value));
      }
      field.value = value;
    }
  }
  function writeAddress() {
    const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", wanted.size ? `#${wanted}` : location.pathname + location.search);
  }

  people.forEach((person, place) => (person.place = place));
  form.addEventListener("input", function () {
    filter();
    writeAddress();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", function () {
    readAddress();
    filter();
  });
  document.addEventListener("renmai:day", filter);
  for (const button of table.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", function () {
      sorting.down = sorting.key === button.dataset.sort && !sorting.down;
      sorting.key = button.dataset.sort;
      for (const head of table.querySelectorAll("th")) head.removeAttribute("aria-sort");
      button.closest("th").setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      filter();
    });
  }
  readAddress();
  filter();
})();
