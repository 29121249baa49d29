// Draws the net on a canvas: the kept picture of ties, then people, then names, anew each time.
(function () {
  "use strict";
  const net = window.renmai.net;
  const { n, x, y, me } = net;
  const KINDS = 9; // as many colours of circles as the style sheet has
  const LEVEL = ["hot", "warm", "cool", "cold"];

  const canvas = document.querySelector("[data-net] canvas");
  const screen = canvas.getContext("2d");
  const names = window.renmai.names(screen);
  const state = {
    view: { x: 0, y: 0, s: 10 }, // what stands in the middle, and pixels for a length of 1
    width: 1, height: 1, dpr: 1,
    mode: "circle", least: 0,
    active: -1, // whom the pointer or the keyboard is on
    kept: [[0, 0, 0, 0]], // boxes over the picture, where no name goes: the buttons, the card
    lit: null, // those whom a legend or a search picks out, as a Uint8Array
  };

  // ---- colours, from the style sheet -------------------------------------------------------------
  const probe = document.createElement("span");
  probe.hidden = true;
  canvas.parentElement.append(probe);
  let ink, sheet, accent, faint, colours, font;
  function tokenColour(name) {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }
  function readColours() {
    const circles = Array.from({ length: KINDS }, (_, k) => tokenColour(`--net-${k}`));
    const levels = LEVEL.map((name) => tokenColour(`--net-${name}`));
    [ink, sheet, accent, faint] = ["--ink", "--sheet", "--accent", "--ink-3"].map(tokenColour);
    colours = { circle: [...circles, faint], warmth: levels };
    font = getComputedStyle(document.body).fontFamily;
    names.font(font);
    ties.regroup();
  }
  const first = Int16Array.from(net.of, (names) => (names.length ? names[0] : -1));
  /** The number of somebody's colour in the mode that is on. */
  function kindOf(i) {
    if (state.mode === "warmth") return net.level[i];
    return first[i] < 0 ? KINDS : first[i] % KINDS;
  }
  function colourOf(i) {
    return i === me ? accent : colours[state.mode][kindOf(i)];
  }
  const ties = window.renmai.ties(state, screen, {
    /** The colour of a tie: that of a circle both are in, else none of its own. */
    of(tie) {
      const circle = state.mode === "circle" ? first[net.from[tie]] : -1;
      return circle >= 0 && circle === first[net.to[tie]] ? colours.circle[circle % KINDS] : "";
    },
    own: () => accent,
    others: () => faint,
  });
  /** Light or dark letters, whichever read better on a colour. */
  const onColour = new Map();
  function lettersOn(colour) {
    if (!onColour.has(colour)) {
      const [r, g, b] = colour.match(/[\d.]+/g).map((part) => (Number(part) / 255) ** 2.2);
      onColour.set(colour, 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#1a1414" : "#fff");
    }
    return onColour.get(colour);
  }

  // ---- people --------------------------------------------------------------------------------------
  const photos = new Map();
  function photoOf(i) {
    if (!net.photos[i]) return null;
    if (!photos.has(i)) {
      const image = new Image();
      image.onload = () => api.redraw();
      image.src = document.documentElement.dataset.root + net.photos[i];
      photos.set(i, image);
    }
    const image = photos.get(i);
    return image.complete && image.naturalWidth ? image : null;
  }

  function radiusOf(i) {
    const { s } = state.view;
    const most = i === me ? 22 : 17, least = i === me ? 5 : Math.max(0.8, Math.min(1.7, 0.36 * s));
    return Math.min(most, Math.max(least, net.size[i] * s));
  }
  const screenX = (i) => (x[i] - state.view.x) * state.view.s + state.width / 2;
  const screenY = (i) => (y[i] - state.view.y) * state.view.s + state.height / 2;

  /** Circles beyond the colours there are come round again as squares. */
  const isSquare = (i) => state.mode === "circle" && first[i] >= KINDS && i !== me;
  function shape(px, py, r, square) {
    if (square || (state.hasty && r < 2.6)) return screen.fillRect(px - r * 0.88, py - r * 0.88, r * 1.76, r * 1.76);
    screen.beginPath();
    screen.arc(px, py, r, 0, 2 * Math.PI);
    screen.fill();
  }

  function drawPerson(i, px, py, r) {
    const colour = net.standing[i] === 3 ? faint : colourOf(i), square = isSquare(i);
    const wanted = net.standing[i] === 1 && r >= 2.2;
    if (r >= 4) {
      screen.fillStyle = sheet;
      shape(px, py, r + 1.3, square);
    }
    screen.fillStyle = colour;
    shape(px, py, r, square);
    if (wanted) {
      screen.fillStyle = sheet;
      shape(px, py, r - Math.max(1.1, r * 0.2), square);
    }
    if (r < 9) return;
    const photo = r >= 12 && photoOf(i);
    if (photo) face(photo, px, py, r - 1.5);
    else letters(i, px, py, r, wanted ? colour : lettersOn(colour));
  }
  function letters(i, px, py, r, colour) {
    const text = net.letters[i];
    // Whole sizes: letters of a new size cost the browser many times those it has drawn before.
    screen.font = `600 ${Math.round(r * (text.length > 1 ? 0.82 : 1.05))}px ${font}`;
    screen.textAlign = "center";
    screen.textBaseline = "middle";
    screen.fillStyle = colour;
    screen.fillText(text, px, py + r * 0.06);
  }
  function face(photo, px, py, r) {
    const side = Math.min(photo.naturalWidth, photo.naturalHeight);
    screen.save();
    screen.beginPath();
    screen.arc(px, py, r, 0, 2 * Math.PI);
    screen.clip();
    screen.drawImage(photo, (photo.naturalWidth - side) / 2, (photo.naturalHeight - side) / 2, side, side, px - r, py - r, 2 * r, 2 * r);
    screen.restore();
  }

  // ---- a frame -------------------------------------------------------------------------------------
  function drawActive(near) {
    screen.strokeStyle = accent;
    screen.lineCap = "round";
    const px = screenX(state.active), py = screenY(state.active);
    for (const [other, tie] of near) {
      screen.globalAlpha = 0.75;
      screen.lineWidth = Math.min(4, 0.9 + Math.sqrt(tie < 0 ? 1 : net.weight[tie]) * 0.7);
      screen.beginPath();
      screen.moveTo(px, py);
      screen.lineTo(screenX(other), screenY(other));
      screen.stroke();
    }
    screen.globalAlpha = 1;
  }

  function draw() {
    const { width, height, dpr, active } = state;
    // In a large net small dots are square as long as the picture moves: that is twice as quick.
    state.hasty = n > 4000 && !ties.isCurrent();
    screen.setTransform(dpr, 0, 0, dpr, 0, 0);
    screen.clearRect(0, 0, width, height);
    const near = active < 0 ? [] : net.around(active, state.least);
    const lit = active < 0 ? state.lit : new Uint8Array(n);
    if (active >= 0) {
      lit[active] = 1;
      for (const [other] of near) lit[other] = 1;
    }
    ties.show(active >= 0 ? 0.3 : lit ? 0.35 : 1);
    names.clear(width, height, state.kept);
    // From the least to the weightiest, so that these lie on top; those picked out last.
    for (const pass of lit ? [0, 1] : [1]) {
      screen.globalAlpha = pass ? 1 : 0.22;
      if (pass && active >= 0) drawActive(near);
      for (let k = n - 1; k >= 0; k--) {
        const i = net.rank[k];
        if (lit && lit[i] !== pass) continue;
        const px = screenX(i), py = screenY(i), r = radiusOf(i);
        if (px < -r || py < -r || px > width + r || py > height + r) continue;
        drawPerson(i, px, py, r);
        if (pass) names.stand(px, py, r);
      }
    }
    screen.globalAlpha = 1;
    if (active >= 0) {
      screen.strokeStyle = accent;
      screen.lineWidth = 2;
      screen.beginPath();
      screen.arc(screenX(active), screenY(active), radiusOf(active) + 3, 0, 2 * Math.PI);
      screen.stroke();
    }
    const where = (i) => [screenX(i), screenY(i), radiusOf(i)];
    const room = Math.max(60000, width * height), far = state.view.s < 22;
    if (active >= 0) names.place([active, ...near.map(([other]) => other)], 60, 40, where);
    else if (lit) names.place(net.rank.filter((i) => lit[i]), 60, 40, where);
    else names.place(net.rank, room / (far ? 9000 : 5200), far ? room / 26000 : 6, where);
    state.names = names.draw(ink, sheet, active);
  }

  // ---- when to draw ----------------------------------------------------------------------------------
  let asked = false;
  function frame(now) {
    asked = false;
    if (api.onFrame) api.onFrame(now);
    if (!ties.isCurrent()) ties.work();
    draw();
    if (!ties.isCurrent()) ask();
    else if (!state.drawn) {
      state.drawn = true;
      performance.mark("renmai:net");
    }
  }
  function ask() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  }

  const api = {
    state, canvas, readColours, colourOf, screenX, screenY, radiusOf,
    redraw: ask,
    drawNow: draw,
    /** After the mode or the least weight has changed: ties are grouped and drawn again. */
    regroup() {
      ties.regroup();
      ask();
    },
    resize() {
      const box = canvas.getBoundingClientRect();
      [state.width, state.height, state.dpr] = [box.width, box.height, Math.min(2, devicePixelRatio || 1)];
      canvas.width = Math.round(box.width * state.dpr);
      canvas.height = Math.round(box.height * state.dpr);
      ask();
    },
    /** Drawn at once and sharp, in the colours that the style sheet has now: for paper. */
    print() {
      state.dpr = 3;
      [canvas.width, canvas.height] = [Math.round(state.width * 3), Math.round(state.height * 3)];
      readColours();
      while (!ties.isCurrent()) ties.work();
      draw();
    },
    onFrame: null,
  };
  window.renmai.draw = api;
  readColours();
})();
