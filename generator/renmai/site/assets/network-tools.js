// What stands around the net: what its colours mean, which ties are shown, finding somebody in it.
(function () {
  "use strict";
  const { net, draw, hands } = window.renmai;
  const { state } = draw;
  const { n } = net;
  const say = net.words;
  const root = document.documentElement.dataset.root;
  const figure = document.querySelector("[data-net]");
  const KINDS = 9;

  /** Pick some people out, the others fade; nobody: all are as they were. */
  let picked = null, sought = null;
  function pickOut() {
    state.lit = sought || picked;
    draw.redraw();
  }

  // ---- the legend: each colour is a button that picks its people out -------------------------------------
  const legend = figure.querySelector("[data-net-legend]");
  function entry(label, swatch, has) {
    const button = hands.element("button", "net-key");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    const count = Array.from({ length: n }, (_, i) => i !== net.me && has(i)).filter(Boolean).length;
    button.append(hands.element("i", swatch), label, hands.element("span", "num", String(count)));
    button.addEventListener("click", function () {
      const on = button.getAttribute("aria-pressed") !== "true";
      for (const other of legend.children) other.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", String(on));
      picked = on ? Uint8Array.from({ length: n }, (_, i) => (i === net.me || has(i) ? 1 : 0)) : null;
      pickOut();
    });
    if (count) legend.append(button);
  }
  function writeLegend() {
    legend.replaceChildren();
    picked = null;
    if (state.mode === "warmth") {
      say.levels.forEach((label, level) => entry(label, `net-dot net-l${level}`, (i) => net.level[i] === level));
    } else {
      net.circles.forEach((label, circle) => entry(label, `net-dot net-c${circle % KINDS}${circle < KINDS ? "" : " net-square"}`, (i) => net.of[i].includes(circle)));
      entry(say.none, "net-dot net-c9", (i) => !net.of[i].length);
    }
    entry(say.standings[1], "net-dot net-ring", (i) => net.standing[i] === 1);
    pickOut();
  }
  for (const choice of figure.querySelectorAll("[name=net-colour]")) {
    choice.addEventListener("change", function () {
      state.mode = choice.value;
      writeLegend();
      draw.regroup();
    });
  }

  // ---- hiding weak ties -----------------------------------------------------------------------------------
  const slider = figure.querySelector("[data-net-least]");
  const told = figure.querySelector("[data-net-told]");
  // The steps are the weights that ties have, the most a hundred of them.
  const weights = [...new Set(net.weight)].sort((a, b) => a - b);
  const every = Math.ceil(weights.length / 100) || 1;
  const steps = weights.filter((_, k) => k % every === 0);
  function hide() {
    state.least = Number(slider.value) ? steps[slider.value] : 0;
    const left = net.weight.reduce((count, weight) => count + (weight >= state.least ? 1 : 0), 0);
    told.textContent = state.least ? hands.fill(say.shown, left, { all: net.m }) : say.all;
    slider.setAttribute("aria-valuetext", told.textContent);
    draw.regroup();
  }
  slider.max = Math.max(0, steps.length - 1);
  slider.disabled = steps.length < 2;
  // So many ties that nobody could tell them apart: begin with the stronger ones.
  const READABLE = 25000;
  let begin = 0;
  while (begin < steps.length - 1 && steps[begin] < 3 && net.weight.filter((w) => w >= steps[begin]).length > READABLE) begin++;
  slider.value = begin;
  slider.addEventListener("input", hide);

  // ---- finding somebody, as quick find does ---------------------------------------------------------------
  const field = figure.querySelector("[data-net-find]");
  const list = figure.querySelector("[data-net-found]");
  const MOST = 8;
  let chosen = 0, loading = null, pages = null;
  function ready() {
    loading ??= window.renmai.records().then(function () {
      pages = new Map(net.pages.map((page, i) => [`contacts/${page}.html`, i]));
    });
    return loading;
  }
  function option(i, position) {
    const row = hands.element("div");
    row.id = `net-found-${position}`;
    row.setAttribute("role", "option");
    row.dataset.person = i;
    const text = hands.element("div");
    text.append(hands.element("b", "", net.names[i]), hands.element("span", "small", net.lines[i]));
    row.append(text);
    return row;
  }
  function choose(position) {
    const options = list.children;
    if (!options.length) return field.removeAttribute("aria-activedescendant");
    chosen = (position + options.length) % options.length;
    for (const [k, row] of [...options].entries()) row.setAttribute("aria-selected", String(k === chosen));
    field.setAttribute("aria-activedescendant", options[chosen].id);
  }
  async function find() {
    await ready();
    const text = field.value.trim();
    const { search, records } = window.renmai.match;
    const found = text ? search(records, text).map((record) => pages.get(record.href)).filter((i) => i !== undefined) : [];
    sought = text ? new Uint8Array(n) : null;
    for (const i of found) sought[i] = 1;
    list.replaceChildren(...found.slice(0, MOST).map(option));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    figure.querySelector("[data-net-said]").textContent = !text ? "" : found.length ? hands.fill(say.found, found.length) : say.nothing;
    choose(0);
    pickOut();
  }
  function take() {
    const row = list.children[chosen];
    if (!row) return;
    close();
    field.value = net.names[row.dataset.person];
    sought = null;
    pickOut();
    hands.goTo(Number(row.dataset.person));
    draw.canvas.focus({ preventScroll: true });
  }
  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }
  field.addEventListener("focus", ready);
  field.addEventListener("input", find);
  field.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") take();
    else if (event.key === "Escape" && field.value) {
      field.value = "";
      find();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", function (event) {
    const row = event.target.closest("[role=option]");
    if (!row) return;
    event.preventDefault();
    chosen = [...list.children].indexOf(row);
    take();
  });
  field.addEventListener("blur", close);

  writeLegend();
  hide();
})();
