// Panels of a page's editor that appear when they apply (verkosto/core/conditional_panels.py). Wagtail's controller
// "w-rules" is about to hide one: a panel with an error stays, and one that must not hide what is filled in.
(() => {
  const hasError = (panel) => panel.querySelector(".error-message, .help-critical, .w-field--error");
  const isFilled = (panel) =>
    [...panel.querySelectorAll("input:not([type=checkbox]), textarea")].some((field) => field.value);

  document.addEventListener("w-rules:effect", (event) => {
    const panel = event.target;
    if (event.detail.effect !== "show" || event.detail.show) return;
    if (hasError(panel) || ("shownWhileFilled" in panel.dataset && isFilled(panel))) event.preventDefault();
  });
})();
