// Quick find: a dialog with one field; arrows choose, Enter opens.
(function () {
  "use strict";
  const root = document.documentElement.dataset.root;
  const { words } = window.renmai;
  const LIMIT = 30;
  let chosen = 0;

  const dialog = document.createElement("dialog");
  dialog.className = "find";
  dialog.setAttribute("aria-label", words.find.title);
  const ask = document.createElement("div");
  ask.className = "ask";
  const glass = document.createElement("span");
  glass.className = "i i-find";
  const field = document.createElement("input");
  Object.assign(field, { type: "text", placeholder: words.find.placeholder, autocomplete: "off", spellcheck: false, enterKeyHint: "go" });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-label": words.find.title, "aria-expanded": "true", "aria-controls": "found", "aria-autocomplete": "list" })) field.setAttribute(name, value);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "touch";
  close.setAttribute("aria-label", words.find.close);
  close.innerHTML = '<span class="i i-close"></span>';
  const list = document.createElement("div");
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.find.title);
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  ask.append(glass, field, close);
  dialog.append(ask, list, said);
  document.body.append(dialog);

  function option(record, position) {
    const row = document.createElement("div");
    row.id = `found-${position}`;
    row.setAttribute("role", "option");
    row.dataset.href = root + record.href;
    const text = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = record.title;
    const line = document.createElement("span");
    line.className = "small";
    line.textContent = [record.reading, record.line].filter(Boolean).join(" · ");
    text.append(name, line);
    const end = document.createElement("span");
    end.className = "end";
    end.textContent = words.find[record.kind];
    row.append(window.renmai.match.face(record, "s"), text, end);
    return row;
  }

  function choose(position) {
    const options = list.children;
    if (!options.length) return field.removeAttribute("aria-activedescendant");
    chosen = (position + options.length) % options.length;
    for (const [i, row] of [...options].entries()) row.setAttribute("aria-selected", String(i === chosen));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function show() {
    const text = field.value.trim();
    const found = text ? window.renmai.match.search(window.renmai.match.records, text).slice(0, LIMIT) : [];
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    said.hidden = found.length > 0;
    said.textContent = text ? words.find.nothing.replace("{words}", text) : words.find.hint;
    choose(0);
  }

  function go(event) {
    const row = list.children[chosen];
    if (!row) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else location.href = row.dataset.href;
  }

  field.addEventListener("input", show);
  field.addEventListener("keydown", function (event) {
    // Enter ends the choice of an input method (pinyin) before it opens anything.
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") go(event);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", function (event) {
    const row = event.target.closest("[role=option]");
    if (!row) return;
    chosen = [...list.children].indexOf(row);
    go(event);
  });
  list.addEventListener("mousemove", function (event) {
    const row = event.target.closest("[role=option]");
    if (row && row.getAttribute("aria-selected") !== "true") choose([...list.children].indexOf(row));
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", function (event) {
    if (event.target === dialog) dialog.close();
  });

  window.renmai.find = {
    open() {
      if (!dialog.open) dialog.showModal();
      field.select();
      show();
    },
  };
})();
