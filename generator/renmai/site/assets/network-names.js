// The names beside people: the weightier first, each where it finds room, none over another.
(function () {
  "use strict";
  const net = window.renmai.net;
  const SIZE = 12;
  const CELL = 6; // of the grid in which names look for room, in pixels
  const PERSON = 1, NAME = 2; // what holds a cell of it
  const LONGEST = 26;
  const TRIED = 900;

  const shown = net.names.map(function (name) {
    const letters = [...name];
    return letters.length > LONGEST ? letters.slice(0, LONGEST - 1).join("") + "…" : name;
  });

  window.renmai.names = function (context) {
    const widths = new Float32Array(net.n);
    let font = "sans-serif", width = 1, height = 1, columns = 0, lines = 0;
    let grid = new Uint8Array(0);
    let placed = [];

    /** The cells of a box, as first and last column and line. */
    function cells(x0, y0, x1, y1) {
      const within = (value, most) => Math.max(0, Math.min(most, Math.floor(value / CELL)));
      return [within(x0, columns - 1), within(x1, columns - 1), within(y0, lines - 1), within(y1, lines - 1)];
    }
    /** How many cells of a box hold people; -1 where a name stands already. */
    function covered(x0, y0, x1, y1) {
      const [left, right, top, bottom] = cells(x0, y0, x1, y1);
      let count = 0;
      for (let line = top; line <= bottom; line++) {
        for (let column = left; column <= right; column++) {
          const here = grid[line * columns + column];
          if (here === NAME) return -1;
          count += here;
        }
      }
      return count;
    }
    function hold(x0, y0, x1, y1, what) {
      const [left, right, top, bottom] = cells(x0, y0, x1, y1);
      for (let line = top; line <= bottom; line++) {
        for (let column = left; column <= right; column++) {
          const at = line * columns + column;
          if (grid[at] < what) grid[at] = what;
        }
      }
    }

    return {
      font(family) {
        font = family;
        widths.fill(0);
      },
      /** A new frame: there is room everywhere but in the boxes that are kept. */
      clear(w, h, kept) {
        [width, height] = [w, h];
        columns = Math.ceil(w / CELL) + 1;
        lines = Math.ceil(h / CELL) + 1;
        if (grid.length === columns * lines) grid.fill(0);
        else grid = new Uint8Array(columns * lines);
        placed = [];
        for (const box of kept) hold(...box, NAME);
      },
      /** Somebody is drawn here. */
      stand(px, py, r) {
        hold(px - r + 1, py - r + 1, px + r - 1, py + r - 1, PERSON);
      },
      /** Find room for names, in order, `most` of them; the first `crowd` may stand over people. */
      place(people, most, crowd, where) {
        context.font = `${SIZE}px ${font}`;
        const h = SIZE + 2;
        let tried = 0;
        for (const i of people) {
          const [px, py, radius] = where(i);
          if (px < -40 || py < -20 || px > width + 40 || py > height + 20) continue;
          if (placed.length >= most || ++tried > TRIED) break;
          const w = (widths[i] = widths[i] || context.measureText(shown[i]).width) + 4, r = radius + 2;
          let best = null, least = Infinity;
          for (const [dx, dy] of [[-w / 2, r], [r + 1, -h / 2], [-w - r - 1, -h / 2], [-w / 2, -r - h]]) {
            const x0 = px + dx, y0 = py + dy;
            if (x0 < 2 || y0 < 2 || x0 + w > width - 2 || y0 + h > height - 2) continue;
            // A little less than the box, so that the cells of whom it belongs to are none of it.
            const over = covered(x0 + 3, y0 + 3, x0 + w - 3, y0 + h - 3);
            if (over >= 0 && over < least) [best, least] = [[x0, y0], over];
            if (over === 0) break;
          }
          if (!best || (least > 1 && placed.length >= crowd)) continue;
          hold(best[0] - 3, best[1] - 2, best[0] + w + 3, best[1] + h + 2, NAME);
          placed.push([i, best[0] + 2, best[1] + 2]);
        }
      },
      /** Write the names that found room; returns whose they are. */
      draw(ink, sheet, active) {
        Object.assign(context, { textAlign: "left", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, strokeStyle: sheet });
        for (const [i, px, py] of placed) {
          context.font = `${i === net.me || i === active ? "600 " : ""}${SIZE}px ${font}`;
          context.strokeText(shown[i], px, py);
          context.fillStyle = ink;
          context.fillText(shown[i], px, py);
        }
        return placed.map(([i]) => i);
      },
    };
  };
})();
