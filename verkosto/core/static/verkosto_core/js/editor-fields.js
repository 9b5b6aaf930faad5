// What the page editor does by script.
//
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

  // Wagtail's dialog has asked whether to replace a newer version: the server need not ask again (overwrite_warnings.py).
  document.addEventListener("w-dialog:confirmed", (event) => {
    const session = document.querySelector("[data-w-session-intercept-value=conflict]");
    const form = event.target.closest?.("[data-edit-form]");
    if (!session || !form || form.querySelector("[name=overwrite_confirmed]")) return;
    const confirmed = Object.assign(document.createElement("input"), { type: "hidden", name: "overwrite_confirmed", value: "1" });
    form.append(confirmed);
  }, { capture: true });

  // What the form has saved by itself is the version that it shows: saving it with the button replaces nobody's.
  document.addEventListener("w-autosave:success", ({ target: form, detail: { response = {} } }) => {
    for (const [name, value] of [["id", response.revision_id], ["created_at", response.revision_created_at]]) {
      const loaded = form.elements?.namedItem(`loaded_revision_${name}`);
      if (loaded && value) loaded.value = value;
    }
  });

  // Saving by itself replaces the summary above the fields: who has opened its checklist keeps it open.
  document.addEventListener("DOMContentLoaded", () => {
    const around = document.getElementById("page-summary")?.parentElement;
    if (!around) return;
    let isOpen = false;
    around.addEventListener("toggle", ({ target }) => {
      if (target.matches(".vk-summary__checks")) isOpen = target.open;
    }, { capture: true });
    new MutationObserver(() => {
      const checks = around.querySelector(".vk-summary__checks");
      if (checks && isOpen) checks.open = true;
    }).observe(around, { childList: true });
  });
})();
