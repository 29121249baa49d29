// Before anything is painted: that there are scripts, and the remembered choice of light or dark.
(function () {
  "use strict";
  document.documentElement.classList.add("has-js");
  try {
    const choice = localStorage.getItem("renmai-theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch (error) {
    // No storage (a private window, a strict setting): the system's preference stands.
  }
})();
