// Small comforts on top of pages that work without script.

// The error summary takes the focus when a form comes back with errors (WCAG 2.2 SC 3.3.1, 2.4.3).
const summary = document.querySelector(".ds-error-summary, .error-summary");
if (summary) {
  summary.setAttribute("tabindex", "-1");
  summary.focus();
}
