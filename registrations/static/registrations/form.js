// Makes the registration form nicer; everything works without it.
(() => {
  "use strict";

  // The error summary takes the focus (WCAG 2.2 SC 3.3.1).
  document.querySelector("[data-focus]")?.focus();

  // Places left, fresh though the page is cached.
  for (const place of document.querySelectorAll("[data-places]")) {
    fetch(place.dataset.places, { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.text() : null))
      .then((html) => {
        if (html !== null) place.innerHTML = html;
      })
      .catch(() => {});
  }

  // One submit is enough: the server knows a second one, but people should not wonder.
  for (const form of document.querySelectorAll("[data-registration]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    window.addEventListener("pageshow", () => delete form.dataset.sent);
  }
})();
