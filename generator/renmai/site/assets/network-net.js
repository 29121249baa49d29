// The net as the picture needs it: columns of numbers, who is tied to whom, who stands where.
// The data is `net`, `places` and `warmth` of `window.renmai` (see renmai.site.net.data); people are numbers from 0 on.
(function () {
  "use strict";
  const { net, places, warmth } = window.renmai;
  const data = Object.assign(net, places, warmth);
  const n = data.names.length;
  const me = data.me;

  // On an upright screen the picture is turned upright too.
  const upright = innerHeight > 1.2 * innerWidth;
  const x = Float32Array.from(upright ? data.y : data.x, (value) => value / (upright ? -100 : 100));
  const y = Float32Array.from(upright ? data.x : data.y, (value) => value / 100);

  // ---- ties: their ends, weights and reasons; and by person, the strongest first -----------------
  const m = data.ties.length / 4;
  const from = new Int32Array(m), to = new Int32Array(m), why = new Uint8Array(m);
  const weight = new Float32Array(m);
  for (let t = 0; t < m; t++) {
    from[t] = data.ties[4 * t];
    to[t] = data.ties[4 * t + 1];
    weight[t] = data.ties[4 * t + 2] / 2;
    why[t] = data.ties[4 * t + 3];
  }
  const begin = new Int32Array(n + 1), tied = new Int32Array(2 * m), by = new Int32Array(2 * m);
  const strength = new Float32Array(n);
  for (let t = 0; t < m; t++) {
    begin[from[t] + 1]++;
    begin[to[t] + 1]++;
    strength[from[t]] += weight[t];
    strength[to[t]] += weight[t];
  }
  for (let i = 0; i < n; i++) begin[i + 1] += begin[i];
  const next = begin.slice(0, n);
  for (const t of Int32Array.from(from.keys()).sort((a, b) => weight[b] - weight[a])) {
    by[next[from[t]]] = by[next[to[t]]] = t;
    tied[next[from[t]]++] = to[t];
    tied[next[to[t]]++] = from[t];
  }

  // ---- how large somebody is drawn, and whose name comes first -----------------------------------
  const strongest = strength.reduce((most, value) => Math.max(most, value), 1);
  const size = Float32Array.from(strength, (value) => 0.19 + 0.2 * Math.sqrt(value / strongest));
  if (me >= 0) size[me] = 0.62;
  const rank = Int32Array.from(strength.keys());
  const worth = Float32Array.from(strength, (value, i) => (i === me ? Infinity : value + data.warmth[i] / 20));
  rank.sort((a, b) => worth[b] - worth[a]);

  // ---- who is near a place: cells two wide ---------------------------------------------------------
  const CELL = 2;
  const cells = new Map();
  const key = (a, b) => Math.floor(a / CELL) * 65536 + Math.floor(b / CELL);
  for (let i = 0; i < n; i++) {
    const at = key(x[i], y[i]);
    if (cells.has(at)) cells.get(at).push(i);
    else cells.set(at, [i]);
  }

  /** Whoever stands nearest to a place, within `reach`; -1 for nobody. */
  function nearest(px, py, reach) {
    let best = -1, least = Infinity;
    const around = Math.ceil(reach / CELL);
    for (let dx = -around; dx <= around; dx++) {
      for (let dy = -around; dy <= around; dy++) {
        for (const i of cells.get(key(px + dx * CELL, py + dy * CELL)) || []) {
          const distance = Math.hypot(x[i] - px, y[i] - py) - size[i];
          if (distance < least && distance <= reach) [best, least] = [i, distance];
        }
      }
    }
    return best;
  }

  /** Whoever is next to somebody in a direction: near, and not far off the line; -1 for nobody. */
  function towards(i, dx, dy) {
    let best = -1, least = Infinity;
    for (let j = 0; j < n; j++) {
      const along = (x[j] - x[i]) * dx + (y[j] - y[i]) * dy;
      if (along <= 0.01 || j === i) continue;
      const off = Math.abs((x[j] - x[i]) * dy - (y[j] - y[i]) * dx);
      const cost = along + 2.5 * off;
      if (off <= 1.8 * along && cost < least) [best, least] = [j, cost];
    }
    return best;
  }

  /** Those somebody is tied to, the strongest first, as pairs of person and tie. */
  function around(i, least) {
    const found = [];
    for (let k = begin[i]; k < begin[i + 1]; k++) if (weight[by[k]] >= least) found.push([tied[k], by[k]]);
    return found;
  }

  /** Left, top, right and bottom of everybody, or of some. */
  function bounds(people) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of people || rank) {
      box[0] = Math.min(box[0], x[i] - 0.6);
      box[1] = Math.min(box[1], y[i] - 0.6);
      box[2] = Math.max(box[2], x[i] + 0.6);
      box[3] = Math.max(box[3], y[i] + 0.6);
    }
    return box[0] < box[2] ? box : [-1, -1, 1, 1];
  }

  window.renmai.net = Object.assign(data, { n, m, x, y, from, to, why, weight, strength, size, rank, nearest, towards, around, bounds });
})();
