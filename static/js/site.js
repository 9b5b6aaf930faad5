// Small comforts on top of pages that work without script.

// The error summary takes the focus when a form comes back with errors (WCAG 2.2 SC 3.3.1, 2.4.3).
const summary = document.querySelector(".ds-error-summary");
if (summary) {
  summary.setAttribute("tabindex", "-1");
  summary.focus();
}

// The bar with the way to register is not needed beside the form.
const form = document.getElementById("register");
const bar = document.querySelector(".action-bar");
if (form && bar) {
  new IntersectionObserver((entries) => {
    bar.classList.toggle("action-bar--at-form", entries.some((entry) => entry.isIntersecting));
  }).observe(form);
}

// The open menu of a narrow screen is modal: focus cannot go to what it covers (WCAG 2.2 SC 2.4.11).
const menu = document.getElementById("menu");
if (menu && "popover" in menu) {
  const button = document.querySelector(".menu-button");
  let covered = [];

  const uncover = () => {
    covered.forEach((element) => (element.inert = false));
    covered = [];
    ["role", "aria-modal", "aria-label"].forEach((name) => menu.removeAttribute(name));
  };

  const cover = () => {
    for (let inside = menu; inside !== document.body; inside = inside.parentElement) {
      covered.push(...[...inside.parentElement.children].filter((element) => element !== inside && !element.inert));
    }
    covered.forEach((element) => (element.inert = true));
    menu.setAttribute("role", "dialog");
    menu.setAttribute("aria-modal", "true");
    menu.setAttribute("aria-label", button.textContent);
    menu.querySelector(".menu__close").focus();
  };

  // Before it closes, so that the browser can give the focus back to the button.
  menu.addEventListener("beforetoggle", (event) => event.newState === "closed" && uncover());
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") cover();
    else if (document.activeElement === document.body) button.focus();
  });
  // On a wide screen it is a line of links, and never open.
  matchMedia("(min-width: 56.01em)").addEventListener("change", (change) => {
    if (change.matches && menu.matches(":popover-open")) menu.hidePopover();
  });
}
