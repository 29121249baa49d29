// Finding by name, pinyin, initials, accents left off, company, city, circle and tag.
// Quick find and the table of contacts share it; the index is `window.renmai.index`.
(function () {
  "use strict";
  const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ß: "ss", ı: "i" };

  /** Text as it is compared: without accents and case. */
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđðþæœßı]/g, (letter) => LETTERS[letter]).normalize("NFC");
  }

  /** What is looked through, made once a record. `names` weigh more than the rest. */
  function prepare(record) {
    const names = [record.title, record.reading, ...record.names].map(fold);
    record.heads = names.concat(names.filter((name) => name.includes(" ")).map((name) => name.replaceAll(" ", "")), record.initials);
    record.hay = record.heads.concat([record.line, ...record.words, ...record.circles, ...record.tags].map(fold)).join("\n");
    return record;
  }

  /** How well a record fits a folded query: 0 not at all, more is better. */
  function score(record, query, parts) {
    for (const part of parts) if (!record.hay.includes(part)) return 0;
    let best = 1;
    for (const head of record.heads) {
      if (head === query) return 5;
      if (head.startsWith(query)) best = Math.max(best, 4);
      else if (best < 3 && head.includes(" " + query)) best = 3;
      else if (best < 2 && head.includes(query)) best = 2;
    }
    return best;
  }

  /** The records that fit, best first; all of them for an empty query. */
  function search(records, text) {
    const query = fold(text.trim()).replace(/\s+/g, " ");
    if (!query) return records.slice();
    const parts = query.split(" ");
    const found = [];
    for (const record of records) {
      const points = score(record, query, parts);
      if (points) found.push([points, record]);
    }
    return found.sort((a, b) => b[0] - a[0]).map((pair) => pair[1]);
  }

  // The index is rows under named columns: half the size of as many objects.
  const { columns, rows } = window.renmai.index;
  const records = rows.map((row) => prepare(Object.fromEntries(columns.map((column, i) => [column, row[i]]))));

  /** The face of a record: its photo, else its letters on its hue. */
  function face(record, size) {
    const span = document.createElement("span");
    span.className = `face ${size} ` + (record.photo ? "" : `h${record.hue}${[...record.letters].length > 1 ? " two" : ""}`);
    if (record.kind !== "contact") span.classList.add("square");
    if (record.photo) {
      const image = document.createElement("img");
      image.src = document.documentElement.dataset.root + record.photo;
      image.alt = "";
      image.loading = "lazy";
      span.append(image);
    } else {
      span.ariaHidden = "true";
      span.textContent = record.letters;
    }
    return span;
  }

  window.renmai.match = { fold, search, records, face };
})();
