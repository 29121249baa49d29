// Makes a part of the page what it is in a newer one: what is the same in both stays as it is, and
// with it what the reader does there (focus, caret, selection, what they typed and unfolded).
(function () {
  "use strict";
  const isSame = (a, b) => a.nodeName === b.nodeName && a.nodeValue === b.nodeValue && a.outerHTML === b.outerHTML;

  /** Whether a node can be made the other one. What is in a template are no children of its. */
  function isAlike(a, b) {
    return a.nodeName === b.nodeName && a.id === b.id && a.nodeName !== "TEMPLATE";
  }

  /** Whether an attribute is the reader's: what they have unfolded stays so. */
  const isTheirs = (element, name) => name === "open" && element.nodeName === "DETAILS";

  function becomeAttributes(old, now) {
    for (const name of old.getAttributeNames()) {
      if (!now.hasAttribute(name) && !isTheirs(old, name)) old.removeAttribute(name);
    }
    for (const { name, value } of now.attributes) {
      if (old.getAttribute(name) !== value && !isTheirs(old, name)) old.setAttribute(name, value);
    }
  }

  /** Between what is the same at the beginning and at the end, nodes come, go, or become others. */
  function becomeChildren(old, now) {
    const olds = [...old.childNodes], nows = [...now.childNodes];
    let at = 0;
    while (at < olds.length && at < nows.length && isSame(olds[at], nows[at])) at++;
    nows.splice(0, at);
    while (at < olds.length && nows.length && isSame(olds.at(-1), nows.at(-1))) olds.pop(), nows.pop();
    const after = olds.length ? olds.at(-1).nextSibling : old.firstChild;
    // Elements are looked for further on; texts are too much alike.
    const sources = olds.map((node) => node.outerHTML), wanted = new Set(nows.map((node) => node.outerHTML));
    wanted.delete(undefined);
    for (const node of nows) {
      const place = node.outerHTML ? sources.indexOf(node.outerHTML, at) : -1;
      if (place >= 0) {
        while (at < place) olds[at++].remove();
        at++;
      } else if (at < olds.length && isAlike(olds[at], node) && !wanted.has(sources[at])) become(olds[at++], node);
      else old.insertBefore(node, olds[at] ?? after);
    }
    while (at < olds.length) olds[at++].remove();
  }

  function become(old, now) {
    if (old.nodeType !== Node.ELEMENT_NODE) return void (old.nodeValue = now.nodeValue);
    becomeAttributes(old, now);
    becomeChildren(old, now);
  }
  window.renmai.become = become;
})();
