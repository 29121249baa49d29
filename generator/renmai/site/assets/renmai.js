// The frame of every page: light or dark, copying, the menu, and what opens quick find.
(function () {
  "use strict";
  const root = document.documentElement.dataset.root;
  const { words } = window.renmai;

  // ---- light or dark ------------------------------------------------------------------------
  const system = matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    const choice = document.documentElement.dataset.theme;
    return choice ? choice === "dark" : system.matches;
  }
  function turn() {
    const dark = !isDark();
    const choice = dark === system.matches ? "" : dark ? "dark" : "light";
    if (choice) document.documentElement.dataset.theme = choice;
    else delete document.documentElement.dataset.theme;
    try {
      if (choice) localStorage.setItem("renmai-theme", choice);
      else localStorage.removeItem("renmai-theme");
    } catch (error) {
      // No storage: the choice lasts as long as the page.
    }
  }
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.addEventListener("click", turn);
  }

  // ---- how many problems there are ----------------------------------------------------------
  function count() {
    for (const place of document.querySelectorAll("[data-problems]")) {
      place.textContent = window.renmai.problems || "";
      place.hidden = !window.renmai.problems;
    }
  }
  count();

  // ---- copying ------------------------------------------------------------------------------
  const said = document.createElement("div");
  said.className = "said-copied";
  said.setAttribute("role", "status");
  document.body.append(said);
  let silence;
  function say(text) {
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => (said.textContent = ""), 2500);
  }
  /** Without the clipboard of a secure page: through a field that nobody sees. */
  function copyByField(text) {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "sr";
    field.readOnly = true;
    field.value = text;
    document.body.append(field);
    field.focus({ preventScroll: true });
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before.focus({ preventScroll: true });
    return done;
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      return copyByField(text);
    }
  }
  /** Copy a letter of several paragraphs; where that is barred, select it for the hand. */
  async function copyLetter(letter) {
    const paragraphs = Array.from(letter.querySelectorAll("p"), (p) => p.textContent);
    const done = await copy(paragraphs.join("\n\n"));
    if (!done) getSelection().selectAllChildren(letter);
    say(done ? words.copied : words.not_copied);
  }
  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-copy], [data-copies], [data-print]");
    if (!button) return;
    const { copy: text, copies } = button.dataset;
    if (copies) copyLetter(document.getElementById(copies));
    else if (text === undefined) print();
    else say((await copy(text)) ? `${words.copied}: ${text}` : words.not_copied);
  });

  // ---- the menu behind "More" ---------------------------------------------------------------
  const more = document.querySelector("details.more");
  document.addEventListener("click", function (event) {
    if (more.open && !more.contains(event.target)) more.open = false;
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && more.open) {
      more.open = false;
      more.querySelector("summary").focus();
    }
  });

  // ---- quick find: its script and the index are read when they are first wanted ---------------
  function load(file) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = `${root}assets/${file}`;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  let known, finder;
  let isStale = false;
  /** All that can be found, as `window.renmai.match`; a page that has it already waits for nothing. */
  function records() {
    known ??= window.renmai.match && !isStale ? Promise.resolve() : load("index.js").then(() => load("match.js"));
    return known;
  }
  window.renmai.records = records;
  function ready() {
    return records().then(() => (finder ??= load("find.js")));
  }
  async function open() {
    await ready();
    window.renmai.find.open();
  }
  function isTyping() {
    const target = document.activeElement;
    // The field of a dialog that was just closed still has the focus for a moment.
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.checkVisibility();
  }
  document.addEventListener("keydown", function (event) {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping();
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!slash && !control) return;
    event.preventDefault();
    open();
  });
  for (const link of document.querySelectorAll("[data-find]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("pointerenter", ready);
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    link.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
  }

  // ---- the book is another than when the page was opened (see reload.js) ----------------------------
  document.addEventListener("renmai:book", function () {
    known = undefined;
    isStale = true;
    count();
  });
})();
