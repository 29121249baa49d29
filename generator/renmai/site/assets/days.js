// What follows from the day of reading: "3 days overdue", and where a row of Today stands.
// A page built on Friday is right on Monday. Days are whole numbers since 1970.
(function () {
  "use strict";
  const { words, today: built, horizon } = window.renmai;
  const DAY = 864e5;

  /** The day number of "2026-11-21"; NaN of anything else. */
  function dayOf(iso) {
    const [year, month, day] = (iso || "").split("-").map(Number);
    return Date.UTC(year, month - 1, day) / DAY;
  }

  /** The browser's own date, as a day number. */
  function readToday() {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
  }

  /** A text of the catalogue with {n} filled in. */
  function say(key, n) {
    const text = words[key];
    const form = typeof text === "string" ? text : n === 1 ? text.one : text.other;
    return form.replace("{n}", n);
  }

  /** The words for a day, as `renmai.site.views.days` says them on the day of the build. */
  function relative(says, day, today) {
    const ahead = day - today;
    if (ahead === 0) return say("today");
    if (ahead === 1) return say("tomorrow");
    if (ahead > 0) return say("ahead", ahead);
    if (says === "due") return say("overdue", -ahead);
    return ahead === -1 ? say("yesterday") : say("ago", -ahead);
  }

  /** The last day that counts as coming up: `today` plus the horizon, months clamped. */
  function lastAhead(today) {
    const { count, unit } = horizon;
    if (unit === "never") return Infinity;
    if (unit === "d" || unit === "w") return today + count * (unit === "w" ? 7 : 1);
    const day = new Date(today * DAY);
    const months = day.getUTCMonth() + count * (unit === "y" ? 12 : 1);
    const year = day.getUTCFullYear();
    const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
    return Date.UTC(year, months, Math.min(day.getUTCDate(), last)) / DAY;
  }

  /** A day in words: "full" (21 Nov 2026), "near" (Sat 21 Nov) or the "heading" of Today. */
  function write(shape, number) {
    const day = new Date(number * DAY);
    const long = shape === "heading" ? "long_" : "";
    const parts = {
      day: day.getUTCDate(), year: day.getUTCFullYear(), month: day.getUTCMonth() + 1,
      name: words.date[`${long}months`][day.getUTCMonth()],
      weekday: words.date[`${long}weekdays`][(day.getUTCDay() + 6) % 7],
    };
    return words.date[shape].replace(/\{(\w+)\}/g, (_, part) => parts[part]);
  }

  function wordAll(root, today) {
    for (const span of root.querySelectorAll("[data-rel]")) {
      const day = dayOf(span.dataset.day);
      span.textContent = relative(span.dataset.rel, day, today);
      if (span.dataset.rel === "due") span.classList.toggle("late", day < today);
    }
  }

  // ---- places that are others from a day on: the build has put each of them into a template ----

  let places;
  function findPlaces() {
    places = [];
    for (const template of document.querySelectorAll("template[data-from]")) {
      const before = template.previousElementSibling;
      const isFirst = !before.matches("template[data-from]");
      if (isFirst) places.push({ shown: before, spells: [{ from: -Infinity, element: before }] });
      places.at(-1).spells.push({ from: dayOf(template.dataset.from), element: template.content.firstElementChild });
    }
  }

  function turn(today) {
    for (const place of places) {
      const { element } = place.spells.findLast((spell) => spell.from <= today);
      if (element !== place.shown) place.shown.replaceWith(element);
      place.shown = element;
    }
  }

  // ---- the rows of Today --------------------------------------------------------------------

  const PROMISES = new Set(["recontact", "follow_up", "second_meeting"]);
  let lists, rows;
  function findRows() {
    lists = {};
    for (const list of document.querySelectorAll("[data-rows]")) lists[list.dataset.rows] = list;
    rows = Array.from(document.querySelectorAll("[data-rows] > li"), function (element) {
      const { kind, id, due, days, from, until, rolling, order } = element.dataset;
      return {
        element, kind, id, due: dayOf(due), length: Number(days), order: Number(order),
        from: from ? dayOf(from) : -Infinity, until: until ? dayOf(until) : Infinity,
        rolling: rolling === undefined ? null : Number(rolling),
      };
    });
  }

  function dueOn(row, today) {
    if (row.rolling !== null) return Math.max(row.due, today + row.rolling);
    // An event that has begun and is not over is today's.
    return row.kind === "event" ? Math.max(row.due, today) : row.due;
  }

  /** Overdue promises, longest first; then overdue cadence by exact ratio. */
  function byUrgency(a, b) {
    const cadence = (a.kind === "cadence") - (b.kind === "cadence");
    if (cadence) return cadence;
    const more = a.kind === "cadence" ? b.late * a.length - a.late * b.length : b.late - a.late;
    return more || a.order - b.order;
  }

  function arrange(today) {
    const until = lastAhead(today);
    const shown = rows.filter((row) => row.from <= today && today <= row.until);
    for (const row of shown) {
      row.on = dueOn(row, today);
      row.late = today - row.on;
    }
    // One person, one call: a promise that is due takes the place of the cadence.
    const promised = new Set();
    for (const row of shown) if (PROMISES.has(row.kind) && row.late >= 0) promised.add(row.id);
    const groups = { overdue: [], now: [], ahead: [], later: rows.filter((r) => !shown.includes(r)) };
    for (const row of shown) {
      const hidden = row.on > until || (row.kind === "cadence" && promised.has(row.id));
      groups[hidden ? "later" : row.late > 0 ? "overdue" : row.late === 0 ? "now" : "ahead"].push(row);
    }
    groups.overdue.sort(byUrgency);
    groups.now.sort((a, b) => a.order - b.order);
    groups.ahead.sort((a, b) => a.on - b.on || a.order - b.order);
    for (const [key, group] of Object.entries(groups)) {
      if (!lists[key]) continue;
      lists[key].append(...group.map((row) => row.element));
      const none = lists[key].parentElement.querySelector(".none");
      if (none) none.hidden = group.length > 0;
      for (const count of document.querySelectorAll(`[data-count="${key}"]`)) {
        count.textContent = group.length;
        count.classList.toggle("nil", group.length === 0);
      }
    }
    for (const row of shown) if (row.on !== row.due) redate(row, today);
  }

  /** Write the day of a row that is due on another one than at the build. */
  function redate(row, today) {
    const iso = new Date(row.on * DAY).toISOString().slice(0, 10);
    const [label, time] = row.element.querySelectorAll(".when [data-rel], .when time");
    label.dataset.day = time.dateTime = iso;
    const isThisYear = iso.slice(0, 4) === new Date(today * DAY).toISOString().slice(0, 4);
    time.textContent = write(isThisYear ? "near" : "full", row.on);
  }

  // ---- the next event: those that have begun, and the first one after them ----------------------
  function showNext(today) {
    const panel = document.querySelector("[data-next]");
    if (!panel) return;
    let ahead = false;
    for (const event of panel.querySelectorAll("[data-until]")) {
      const isOver = dayOf(event.dataset.until) < today;
      event.hidden = isOver || ahead;
      if (!isOver && dayOf(event.dataset.day) > today) ahead = true;
    }
    panel.hidden = !panel.querySelector("[data-until]:not([hidden])");
  }

  // ---- the list of events: what is over by now goes to the top of the past ------------------

  function passEvents() {
    const past = document.querySelector('[data-tiles="past"]');
    for (const tile of document.querySelectorAll('[data-tiles="ahead"] > li:not(.ahead)')) past.prepend(tile);
    for (const tiles of document.querySelectorAll("[data-tiles]")) {
      const number = tiles.querySelectorAll(":scope > li").length;
      tiles.parentElement.querySelector(".count").textContent = number;
      tiles.nextElementSibling.hidden = number > 0;
    }
  }

  function nameToday(today) {
    const note = document.querySelector("[data-as-of]");
    if (note) note.hidden = today === dayOf(built);
    const heading = document.querySelector("[data-today]");
    if (!heading) return;
    heading.textContent = write("heading", today);
  }

  // ---- now, and at every midnight that the page lives to see ---------------------------------

  let shownDay;
  /** Take up the page as the build made it: when it is opened, and when it was replaced. */
  function begin() {
    findPlaces();
    findRows();
    shownDay = dayOf(built);
    update();
  }
  function update() {
    const today = readToday();
    if (today === shownDay) return;
    shownDay = today;
    turn(today);
    if (rows.length) arrange(today);
    wordAll(document, today);
    showNext(today);
    passEvents();
    nameToday(today);
    document.dispatchEvent(new CustomEvent("renmai:day"));
  }
  window.renmai.days = { readToday, relative, write };
  begin();
  document.addEventListener("renmai:page", begin);
  setInterval(update, 60000);
  document.addEventListener("visibilitychange", update);
})();
