// The ties of the net, as a picture kept beside the screen: a little larger than that, moved and
// scaled with it, and drawn again a slice a frame, so that nobody who zooms waits for it.
(function () {
  "use strict";
  const net = window.renmai.net;
  const { n, m, x, y, me } = net;
  const MARGIN = 0.2; // of the screen, on each side
  const SLICE = 5; // milliseconds of a frame
  const OWN = 160; // in a net of no more people, one's own ties are drawn too
  const NEAR = 26; // from so many pixels for a length of 1, strong ties are wider

  window.renmai.ties = function (state, screen, colour) {
    let front = document.createElement("canvas"), back = document.createElement("canvas");
    const settle = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    let shown = null; // the view that the front is of
    let stale = false; // it shows other ties than it should
    let job = null; // how far the back is
    let groups = null; // ties by how they are drawn
    let budget = 600;

    function group() {
      const found = new Map();
      let count = 0;
      for (let t = 0; t < m; t++) {
        if (net.weight[t] < state.least) continue;
        count++;
        const wide = net.weight[t] >= 4 ? 2 : net.weight[t] >= 2 ? 1 : 0, own = colour.of(t), key = wide + own;
        if (!found.has(key)) found.set(key, { own, wide, from: [], to: [] });
        found.get(key).from.push(net.from[t]);
        found.get(key).to.push(net.to[t]);
      }
      // The more ties there are, the fainter is each.
      const alpha = Math.min(0.5, Math.max(0.07, 9 / Math.sqrt(count + 60)));
      groups = [...found.values()].sort((a, b) => a.wide - b.wide || (a.own > b.own) - (a.own < b.own));
      for (const each of groups) {
        each.alpha = Math.min(0.9, alpha * (each.own ? 1.4 : 1) * (1 + 0.6 * each.wide));
        each.colour = each.own || colour.others();
      }
      groups.push(mine());
    }
    /** One's own ties, to those who are not cold, where there are few enough to tell apart. */
    function mine() {
      const is = (i) => i !== me && net.level[i] < 3 && net.standing[i] !== 1 && net.warmth[i] / 10 >= state.least;
      const to = me < 0 || n > OWN ? [] : Array.from(x.keys()).filter(is);
      return { colour: colour.own(), alpha: Math.min(0.5, 0.1 + 2 / (to.length + 4)), wide: 0, from: to.map(() => me), to };
    }

    const size = () => [state.width, state.height].map((side) => Math.ceil(side * (1 + 2 * MARGIN) * state.dpr));
    function begin() {
      if (!groups) group();
      const [w, h] = size();
      if (back.width !== w || back.height !== h) Object.assign(back, { width: w, height: h });
      const context = back.getContext("2d");
      context.clearRect(0, 0, w, h);
      context.lineCap = "round";
      job = { context, view: { ...state.view }, group: 0, tie: 0, w, h };
    }

    /** Draw some ties of a group; returns about what they cost, a short thin one being 1. */
    function drawSome({ context, view, w, h }, { colour, alpha, wide, from, to }) {
      const s = view.s * state.dpr, left = w / 2 - view.x * s, top = h / 2 - view.y * s;
      // A line of more than a pixel costs many times one as thin as the screen can draw.
      const width = view.s > NEAR ? wide : 0;
      Object.assign(context, { strokeStyle: colour, globalAlpha: alpha, lineWidth: width ? (0.7 + 0.7 * width) * state.dpr : 1 });
      const end = Math.min(to.length, job.tie + (width ? 20 : 150));
      let cost = 2;
      context.beginPath();
      for (; job.tie < end; job.tie++) {
        const a = from[job.tie], b = to[job.tie];
        const ax = x[a] * s + left, ay = y[a] * s + top, bx = x[b] * s + left, by = y[b] * s + top;
        if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > w && bx > w) || (ay > h && by > h)) continue;
        context.moveTo(ax, ay);
        context.lineTo(bx, by);
        cost += (width ? 15 : 1) * (1 + (Math.abs(ax - bx) + Math.abs(ay - by)) / 400);
      }
      context.stroke();
      return cost;
    }

    return {
      /** After colours, the mode or the least weight have changed. */
      regroup() {
        groups = job = null;
        stale = true;
      },
      /** Whether the kept picture is of the view that is on. */
      isCurrent() {
        const { view } = state, [w, h] = size();
        return shown !== null && !stale && shown.x === view.x && shown.y === view.y && shown.s === view.s && front.width === w && front.height === h;
      },
      /** Draw on until the time that a frame has for it is spent. */
      work() {
        const started = performance.now();
        if (!job) begin();
        let spent = 0;
        while (job.group < groups.length && spent < budget) {
          spent += drawSome(job, groups[job.group]);
          if (job.tie >= groups[job.group].to.length) [job.group, job.tie] = [job.group + 1, 0];
        }
        // Reading a pixel into another canvas makes the browser paint the slice now, not all at the end.
        settle.drawImage(back, 0, 0, 1, 1, 0, 0, 1, 1);
        const pace = SLICE / Math.max(0.5, performance.now() - started);
        budget = Math.max(150, Math.min(20000, budget * Math.max(0.3, Math.min(1.25, pace))));
        if (job.group < groups.length) return;
        [front, back] = [back, front];
        shown = job.view;
        job = null;
        stale = false;
      },
      /** Lay the kept picture onto the screen, where its view is now. */
      show(alpha) {
        if (!shown) return;
        const { width, height, dpr, view } = state, scale = view.s / shown.s / dpr;
        const w = front.width * scale, h = front.height * scale;
        screen.globalAlpha = alpha;
        screen.drawImage(front, width / 2 + (shown.x - view.x) * view.s - w / 2, height / 2 + (shown.y - view.y) * view.s - h / 2, w, h);
        screen.globalAlpha = 1;
      },
    };
  };
})();
