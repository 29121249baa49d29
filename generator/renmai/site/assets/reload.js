// Only in pages that the server on this machine gives out: show the book as it is now, and leave
// the reader where they are.
(function () {
  "use strict";
  const KEY = "renmai-place";
  // These take up a page whose content was replaced; where there are others, it is loaded anew.
  const LASTING = /\/(theme|words|days|renmai|script)\.js$/;
  const { root } = document.documentElement.dataset;
  const isLasting = [...document.scripts].every((script) => LASTING.test(script.src));
  // Pages of single records, which lie in folders, are told of as soon as they are made.
  const kind = root ? "?record" : "";
  let { epoch, frame, broken } = document.currentScript.dataset;
  let request, waiting;

  // ---- where the reader is, when the page is loaded anew -----------------------------------------
  const fields = () => [...document.querySelectorAll("main input, main select, main textarea")];
  const folds = () => [...document.querySelectorAll("details")];
  function keep() {
    const all = fields();
    const place = {
      page: location.pathname,
      scroll: [scrollX, scrollY],
      fields: all.map((field) => (/^(checkbox|radio)$/.test(field.type) ? field.checked : field.value)),
      folds: folds().map((fold) => fold.open),
      focus: all.indexOf(document.activeElement),
      caret: [document.activeElement?.selectionStart, document.activeElement?.selectionEnd],
    };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch (error) {
      // No storage: the page begins at its top.
    }
  }
  function restore() {
    let place;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch (error) {
      return;
    }
    if (!place || place.page !== location.pathname) return;
    if (place.folds.length === folds().length) folds().forEach((fold, at) => (fold.open = place.folds[at]));
    const all = fields();
    if (place.fields.length === all.length) {
      all.forEach(function (field, at) {
        const key = /^(checkbox|radio)$/.test(field.type) ? "checked" : "value";
        if (field[key] === place.fields[at]) return;
        field[key] = place.fields[at];
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      const focused = all[place.focus];
      if (focused) {
        focused.focus({ preventScroll: true });
        try {
          focused.setSelectionRange(...place.caret);
        } catch (error) {
          // No field of text.
        }
      }
    }
    scrollTo(...place.scroll);
  }
  function reload() {
    keep();
    location.reload();
  }

  // ---- what is wrong ---------------------------------------------------------------------------
  function warn(main) {
    if (!broken) return;
    const line = document.createElement("p");
    line.className = "served-problem";
    line.setAttribute("role", "alert");
    line.textContent = broken;
    main.prepend(line);
  }

  // ---- the page as it is now ---------------------------------------------------------------------
  /** What the scripts know of the book is as it was, but for how many problems there are. */
  async function readWords(signal) {
    const answer = await fetch(`${root}assets/words.js`, { signal });
    const text = await answer.text();
    const now = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
    window.renmai.problems = now.problems;
    return Object.keys(now).every((key) => JSON.stringify(now[key]) === JSON.stringify(window.renmai[key]));
  }
  /** Show the page as it is now; whether that could be done in this one. */
  async function renew(signal) {
    if (!isLasting || !frame) return false;
    const answer = await fetch(location.href, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("script[data-epoch]")?.dataset;
    if (!now || now.frame !== frame) return false;
    ({ epoch, broken } = now);
    const main = page.querySelector("main");
    warn(main);
    document.title = page.title;
    window.renmai.become(document.querySelector("main"), main);
    document.dispatchEvent(new Event("renmai:page"));
    if (!(await readWords(signal))) return false;
    document.dispatchEvent(new Event("renmai:book"));
    return true;
  }

  // ---- news --------------------------------------------------------------------------------------
  async function poll() {
    const { signal } = (request = new AbortController());
    let wait = 0;
    try {
      const answer = await fetch(`/livereload/${epoch}/${Date.now()}${kind}`, { signal });
      if (!answer.ok) wait = 3000;
      else if (Number(await answer.text()) > Number(epoch) && !(await renew(signal))) return reload();
    } catch (error) {
      if (signal.aborted) return;
      wait = 3000;
    }
    waiting = setTimeout(poll, wait);
  }
  function rest() {
    clearTimeout(waiting);
    request?.abort();
  }
  function whenSeen() {
    rest();
    if (document.visibilityState === "visible") poll();
  }
  document.addEventListener("visibilitychange", whenSeen);
  addEventListener("pagehide", rest);
  warn(document.querySelector("main"));
  restore();
  whenSeen();
})();
