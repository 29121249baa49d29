// The hands of the net: zooming, panning, pointing, keys, and the card of whoever is pointed at.
(function () {
  "use strict";
  const { net, draw, words } = window.renmai;
  const { state, canvas } = draw;
  const { me, n, x, y } = net;
  const say = net.words;
  const root = document.documentElement.dataset.root;
  const figure = canvas.closest("[data-net]");
  const card = figure.querySelector("[data-net-card]");
  const status = figure.querySelector("[data-net-said]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const CLOSEST = 150, SHOWN = 4;
  let home = { x: 0, y: 0, s: 10 };
  let farthest = 1;

  const isNarrow = () => state.width < 560;
  const pageOf = (i) => `${root}contacts/${net.pages[i]}.html`;
  function fill(text, count, parts) {
    const form = typeof text === "string" ? text : count === 1 ? text.one : text.other;
    return form.replace(/\{(\w+)\}/g, (_, part) => (part === "n" ? count : parts[part]));
  }

  // ---- the view --------------------------------------------------------------------------------
  let flight = null;
  function setView(view) {
    const s = Math.min(CLOSEST, Math.max(farthest, view.s));
    Object.assign(state.view, { x: view.x, y: view.y, s });
    place();
    draw.redraw();
  }
  /** Go to a view, smoothly unless motion is unwanted. */
  function fly(view) {
    if (still.matches) return setView(view);
    flight = { from: { ...state.view }, to: view, start: null };
    draw.redraw();
  }
  draw.onFrame = function (now) {
    if (!flight) return;
    flight.start ??= now;
    const part = Math.min(1, (now - flight.start) / 260), eased = 1 - (1 - part) ** 3;
    const { from, to } = flight;
    if (part === 1) {
      flight = null;
      return setView(to);
    }
    const s = from.s * (to.s / from.s) ** eased;
    // The place that stands still between the two scales is followed, not the middle.
    const gone = Math.abs(to.s - from.s) < 1e-6 ? eased : (1 / from.s - 1 / s) / (1 / from.s - 1 / to.s);
    setView({ x: from.x + (to.x - from.x) * gone, y: from.y + (to.y - from.y) * gone, s });
  };
  function fitted(box) {
    const w = box[2] - box[0], h = box[3] - box[1];
    const s = Math.min((state.width - Math.min(110, state.width / 8)) / w, (state.height - 44) / h, 74);
    return { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, s };
  }
  function zoom(factor, px, py, smooth) {
    const view = flight ? flight.to : state.view;
    const s = Math.min(CLOSEST, Math.max(farthest, view.s * factor));
    const dx = (px ?? state.width / 2) - state.width / 2, dy = (py ?? state.height / 2) - state.height / 2;
    const to = { x: view.x + dx / view.s - dx / s, y: view.y + dy / view.s - dy / s, s };
    if (smooth) fly(to);
    else {
      flight = null;
      setView(to);
    }
  }
  function pan(dx, dy) {
    flight = null;
    setView({ x: state.view.x - dx / state.view.s, y: state.view.y - dy / state.view.s, s: state.view.s });
  }
  function resize() {
    const { view } = state;
    const atHome = view.x === home.x && view.y === home.y && view.s === home.s;
    draw.resize();
    home = fitted(net.bounds());
    state.kept[0] = [state.width - 52, state.height - 132, state.width, state.height];
    farthest = home.s * 0.5;
    if (atHome && !flight) setView(home);
    else place();
  }

  // ---- whom one is at ----------------------------------------------------------------------------
  let pinned = false; // by keyboard, search or touch: the card stays, and can be stepped into
  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  function reasons(tie) {
    return say.reasons.filter((_, bit) => net.why[tie] & (1 << bit)).join(words.comma);
  }
  function levelPips(i) {
    const key = ["hot", "warm", "cool", "cold"][net.level[i]];
    const made = element("span", `level ${key}`);
    const pips = element("span", "pips");
    pips.ariaHidden = "true";
    pips.append(element("i"), element("i"), element("i"), element("i"));
    made.append(pips, say.levels[net.level[i]]);
    return made;
  }
  function faceOf(i) {
    const made = element("span", `face ${net.photos[i] ? "" : `h${net.tints[i]}${net.letters[i].length > 1 ? " two" : ""}`}`);
    made.ariaHidden = "true";
    if (net.photos[i]) {
      const image = element("img");
      image.src = root + net.photos[i];
      image.alt = "";
      made.append(image);
    } else made.textContent = net.letters[i];
    return made;
  }
  function writeCard(i) {
    const head = element("div", "net-who"), text = element("div");
    const link = element("a", "", net.names[i]);
    link.href = pageOf(i);
    text.append(link);
    if (net.lines[i]) text.append(element("span", "small", net.lines[i]));
    head.append(faceOf(i), text);
    const facts = element("p", "net-facts");
    if (i === me) facts.append(say.me);
    else {
      facts.append(levelPips(i));
      if (net.standing[i]) facts.append(element("span", "chip on", say.standings[net.standing[i]]));
      for (const circle of net.of[i].slice(0, 3)) facts.append(element("span", "chip fill", net.circles[circle]));
    }
    const near = net.around(i, state.least);
    const list = element("ul");
    for (const [other, tie] of near.slice(0, isNarrow() ? 2 : SHOWN)) {
      const row = element("li"), go = element("button", "", net.names[other]);
      go.type = "button";
      go.addEventListener("click", () => goTo(other));
      row.append(go, element("span", "small", reasons(tie)));
      list.append(row);
    }
    const count = element("p", "small quiet", i === me ? "" : near.length ? fill(net.words.ties, near.length) : say.untied);
    card.replaceChildren(head, facts, count, list);
  }
  /** The card lies in a corner that is not theirs whom it is of; there it hides nobody near them. */
  function place() {
    if (card.hidden || state.active < 0) return;
    const narrow = isNarrow();
    card.classList.toggle("right", !narrow && draw.screenX(state.active) < state.width / 2);
    card.classList.toggle("low", narrow && draw.screenY(state.active) < state.height / 2);
    const box = card.getBoundingClientRect(), stage = canvas.getBoundingClientRect();
    state.kept[1] = [box.left - stage.left, box.top - stage.top, box.right - stage.left, box.bottom - stage.top];
  }
  function point(i, stays) {
    if (i === state.active && stays === pinned) return;
    state.active = i;
    pinned = stays && i >= 0;
    card.hidden = i < 0;
    state.kept.length = 1;
    card.classList.toggle("pinned", pinned);
    if (i >= 0) {
      writeCard(i);
      place();
    }
    if (pinned) {
      const near = net.around(i, state.least);
      const about = [net.names[i], ...net.of[i].map((circle) => net.circles[circle])];
      about.push(i === me ? say.me : say.levels[net.level[i]], fill(net.words.ties, near.length));
      status.textContent = about.join(words.comma);
    }
    canvas.style.cursor = i >= 0 && !pinned ? "pointer" : "";
    draw.redraw();
  }
  /** Point at somebody and bring them into view. */
  function goTo(i) {
    point(i, true);
    const px = draw.screenX(i), py = draw.screenY(i), edge = Math.min(90, state.width / 4);
    const inside = px > edge && py > edge && px < state.width - edge && py < state.height - edge;
    if (inside && state.view.s >= 14 && !isNarrow()) return;
    const s = Math.max(state.view.s, Math.min(34, home.s * 5));
    // On a narrow screen the card takes the lower part.
    fly({ x: x[i], y: y[i] + (isNarrow() ? 0.2 * state.height : 0) / s, s });
  }
  function open(i, apart) {
    if (apart) window.open(pageOf(i), "_blank", "noopener");
    else location.href = pageOf(i);
  }

  // ---- pointer: mouse, pen, fingers -------------------------------------------------------------------
  const down = new Map();
  let moved = 0, pinch = 0;
  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  function under(event) {
    const [px, py] = at(event), { view } = state;
    const reach = (event.pointerType === "touch" ? 22 : 9) / view.s;
    return net.nearest((px - state.width / 2) / view.s + view.x, (py - state.height / 2) / view.s + view.y, reach);
  }
  canvas.addEventListener("pointerdown", function (event) {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    if (down.size === 1) moved = 0;
    pinch = 0;
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!down.has(event.pointerId)) {
      if (event.pointerType !== "touch" && !(pinned && under(event) < 0)) point(under(event), false);
      return;
    }
    const [px, py] = at(event), [qx, qy] = down.get(event.pointerId);
    down.set(event.pointerId, [px, py]);
    moved += Math.hypot(px - qx, py - qy);
    if (down.size === 2) {
      const [[ax, ay], [bx, by]] = [...down.values()];
      const apart = Math.hypot(ax - bx, ay - by);
      pan((px - qx) / 2, (py - qy) / 2);
      if (pinch) zoom(apart / pinch, (ax + bx) / 2, (ay + by) / 2);
      pinch = apart;
    } else if (moved > 4) {
      pan(px - qx, py - qy);
      canvas.classList.add("dragging");
    }
  });
  function up(event) {
    if (!down.delete(event.pointerId)) return;
    pinch = 0;
    canvas.classList.remove("dragging");
    if (event.type === "pointercancel" || moved > 4 || event.button > 1) return;
    const i = under(event);
    if (i < 0) point(-1, false);
    // A finger cannot point without touching: the first touch shows, the second opens.
    else if (event.pointerType === "touch" && !(pinned && state.active === i)) point(i, true);
    else open(i, event.ctrlKey || event.metaKey || event.button === 1);
  }
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", function () {
    if (!pinned && !down.size) point(-1, false);
  });
  canvas.addEventListener("wheel", function (event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 30 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * speed), ...at(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => under(event) < 0 && zoom(2, ...at(event), true));

  // ---- keys: arrows go from one to the next, with Shift they move the picture -----------------------------
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function middlemost() {
    const { view } = state;
    return net.nearest(view.x, view.y, Math.max(state.width, state.height) / view.s);
  }
  canvas.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) pan(-arrow[0] * 60, -arrow[1] * 60);
    else if (arrow) {
      const next = state.active < 0 ? middlemost() : net.towards(state.active, ...arrow);
      if (next >= 0) goTo(next);
    } else if (event.key === "+" || event.key === "=") zoom(1.5, undefined, undefined, true);
    else if (event.key === "-") zoom(1 / 1.5, undefined, undefined, true);
    else if (event.key === "0") fly(home);
    else if (event.key === "Home" && me >= 0) goTo(me);
    else if (event.key === "Enter" && state.active >= 0) open(state.active);
    else if (event.key === "Escape") point(-1, false);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", function () {
    if (canvas.matches(":focus-visible") && state.active < 0 && n) point(me >= 0 ? me : middlemost(), true);
  });
  card.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    canvas.focus();
    point(-1, false);
  });
  for (const button of figure.querySelectorAll("[data-net-zoom]")) {
    button.addEventListener("click", function () {
      const way = button.dataset.netZoom;
      if (way === "fit") fly(home);
      else zoom(way === "in" ? 1.6 : 1 / 1.6, undefined, undefined, true);
    });
  }

  // ---- the page around it -----------------------------------------------------------------------------
  new ResizeObserver(resize).observe(canvas);
  function recolour() {
    draw.readColours();
    draw.redraw();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  // On paper the picture is light, whatever the screen is.
  const { dataset } = document.documentElement;
  let theme;
  addEventListener("beforeprint", function () {
    theme = dataset.theme;
    dataset.theme = "light";
    draw.print();
  });
  addEventListener("afterprint", function () {
    if (theme) dataset.theme = theme;
    else delete dataset.theme;
    resize();
  });
  window.renmai.hands = { fill, fly, fitted, goTo, point, element };
  resize();
})();
