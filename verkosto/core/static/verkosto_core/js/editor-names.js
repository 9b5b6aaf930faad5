// Names that widgets of Wagtail's editors leave out (WCAG 2.2 SC 4.1.2): of rich text, of texts in lists and of tags. Each
// is named by the label of its field, or by the heading of the panel around it. A panel in a panel is named by both
// headings, so that “Speaker 1” of two agenda items can be told apart.
(() => {
  const FIELDS = "[data-field-input] :is(input:not([type=hidden]), textarea, select, [role=textbox])";
  const PANELS = "section.w-panel section.w-panel[aria-labelledby]";
  let last = 0;

  const isNamed = (field) =>
    field.labels?.length || ["aria-label", "aria-labelledby", "title"].some((name) => field.hasAttribute(name));

  const nameOf = (field) => {
    const label = field.closest("[data-field-wrapper]")?.querySelector(":scope > label");
    if (!label) return field.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
    label.id ||= `field-name-${(last += 1)}`;
    return label.id;
  };

  const addNames = () => {
    for (const field of document.querySelectorAll(FIELDS)) {
      const name = isNamed(field) ? null : nameOf(field);
      if (name) field.setAttribute("aria-labelledby", name);
    }
    for (const panel of document.querySelectorAll(PANELS)) {
      const own = panel.getAttribute("aria-labelledby");
      const around = panel.parentElement.closest("section[aria-labelledby]").getAttribute("aria-labelledby");
      if (!own.includes(" ")) panel.setAttribute("aria-labelledby", `${own} ${around.split(" ")[0]}`);
    }
  };

  let isWaiting = false;
  const addNamesSoon = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      addNames();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    addNamesSoon();
    const form = document.querySelector("[data-edit-form]");
    if (form) new MutationObserver(addNamesSoon).observe(form, { childList: true, subtree: true });
  });
})();
