// Errors inside the blocks of a page's editor. Wagtail counts the errors of each tab before the blocks are drawn; its
// button "Go to the first error" focuses the error's text, which cannot take the focus, and not the field; and it keeps
// saying that the page could not be created after it has saved it as a draft by itself.
(() => {
  const recount = "wagtail:panel-init";
  const controls = "input:not([type=hidden]), select, textarea, [contenteditable=true]";

  function countErrors() {
    for (const counter of document.querySelectorAll(".w-tabs [data-controller~=w-count]")) {
      counter.dataset.action = `${recount}@document->w-count#count`;
    }
    // Stimulus binds the action before the next frame.
    requestAnimationFrame(() => setTimeout(() => document.dispatchEvent(new CustomEvent(recount))));
  }

  function expand(element) {
    for (let panel = element.closest("[hidden]"); panel; panel = panel.parentElement?.closest("[hidden]")) {
      if (panel.id) document.querySelector(`[aria-controls="${CSS.escape(panel.id)}"]`)?.click();
    }
  }

  function focusField(event) {
    const error = event.target;
    if (!(error instanceof Element) || !error.matches(".error-message, .help-critical")) return;
    const field = error.closest("[data-contentpath]")?.querySelector(controls);
    if (!field) return;
    event.preventDefault();
    expand(error);
    // Wagtail shows the tab after this event, and scrolls to its top.
    const show = () => {
      field.focus({ preventScroll: true });
      error.scrollIntoView({ block: "center", behavior: "instant" });
    };
    requestAnimationFrame(() => setTimeout(show));
    setTimeout(show, 250);
  }

  function removeOldErrors() {
    for (const message of document.querySelectorAll(".messages li.error")) message.remove();
  }

  addEventListener("load", countErrors);
  document.addEventListener("w-focus:focus", focusField);
  document.addEventListener("w-autosave:success", removeOldErrors);
})();
