// Before anything is painted: the remembered choice of light or dark, if there is one.
(function () {
  "use strict";
  try {
    const choice = localStorage.getItem("renmai-theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch (error) {
    // No storage (a private window, a strict setting): the system's preference stands.
  }
})();
