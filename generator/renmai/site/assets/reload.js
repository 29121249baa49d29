// Only in pages that the server on this machine gives out: show the book as it is now, and leave
// the reader where they are.
(function () {
  "use strict";
  const { epoch, broken } = document.currentScript.dataset;
  const KEY = "renmai-place";
  let request;

  // ---- where the reader is -------------------------------------------------------------------
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

  // ---- what is wrong ---------------------------------------------------------------------------
  function warn() {
    if (!broken) return;
    const line = document.createElement("p");
    line.className = "served-problem";
    line.setAttribute("role", "alert");
    line.textContent = broken;
    (document.querySelector("main") || document.body).prepend(line);
  }

  // ---- news --------------------------------------------------------------------------------------
  async function poll() {
    request = new AbortController();
    let wait = 0;
    try {
      const answer = await fetch(`/livereload/${epoch}/${Date.now()}`, { signal: request.signal });
      if (!answer.ok) wait = 3000;
      else if (Number(await answer.text()) > Number(epoch)) {
        keep();
        return location.reload();
      }
    } catch (error) {
      if (request.signal.aborted) return;
      wait = 3000;
    }
    setTimeout(poll, wait);
  }
  function whenSeen() {
    if (document.visibilityState === "visible") poll();
    else if (request) request.abort();
  }
  document.addEventListener("visibilitychange", whenSeen);
  addEventListener("pagehide", () => request && request.abort());
  warn();
  restore();
  whenSeen();
})();
