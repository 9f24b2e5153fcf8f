// Comfort on top of pages that work without it: menus close, empty parameters stay out of addresses,
// long lists of boxes can be narrowed, what ends badly asks again, a form is sent once, and nobody leaves a
// changed form by accident.
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details:is(.menu, .filter-panel)[open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const sent = event.detail.parameters;
    for (const name of Object.keys(sent)) if (sent[name] === "") delete sent[name];
  });

  // What is found while one types needs no button.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".look input")) event.preventDefault();
  });

  // A search over boxes to tick: what does not match is hidden, and stays ticked.
  for (const search of document.querySelectorAll("[data-narrows]")) {
    const boxes = document.getElementById(search.dataset.narrows).children;
    search.hidden = false;
    search.addEventListener("input", () => {
      const words = search.value.trim().toLocaleLowerCase();
      for (const box of boxes) box.hidden = !box.textContent.toLocaleLowerCase().includes(words);
    });
  }

  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.form?.hasAttribute("data-keep")) changed = true;
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.dataset.confirm && !window.confirm(button.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    changed = false;
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    button?.setAttribute("aria-busy", "true");
  });

  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  // Back from the next page, the browser may show this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
})();
