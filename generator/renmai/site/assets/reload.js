// Only in pages that the server on this machine gives out: reload when the book has changed.
(function () {
  "use strict";
  const { epoch } = document.currentScript.dataset;
  let request;
  async function poll() {
    request = new AbortController();
    let wait = 0;
    try {
      const answer = await fetch(`/livereload/${epoch}/${Date.now()}`, { signal: request.signal });
      if (!answer.ok) wait = 3000;
      else if (Number(await answer.text()) > Number(epoch)) return location.reload();
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
  whenSeen();
})();
