// Makes the registration form nicer; everything works without it.
(() => {
  "use strict";

  // The error summary takes the focus (WCAG 2.2 SC 3.3.1).
  document.querySelector("[data-focus]")?.focus();

  // Places left, fresh though the page is cached: asked once, however often they are shown.
  const shown = [...document.querySelectorAll("[data-places]")];
  for (const address of new Set(shown.map((place) => place.dataset.places))) {
    fetch(address, { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.text() : null))
      .then((html) => {
        if (html === null) return;
        for (const place of shown) if (place.dataset.places === address) place.innerHTML = html;
      })
      .catch(() => {});
  }

  // A question that would not be asked is out of sight; the server takes no account of what is in it.
  for (const form of document.querySelectorAll("form.form")) {
    const rows = [...form.querySelectorAll("[data-shown-if]")].map((row) => [row, JSON.parse(row.dataset.shownIf)]);
    const given = (name) =>
      [...form.querySelectorAll(`[name="${name}"]`)]
        .filter((field) => !field.closest("[data-shown-if][hidden]"))
        .filter((field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim()))
        .map((field) => field.value);
    const show = () => {
      // In their order: a question that is not asked brings out no other.
      for (const [row, { name, values }] of rows) {
        const answers = given(name);
        row.hidden = !(values.length ? answers.some((answer) => values.includes(answer)) : answers.length);
      }
    };
    form.addEventListener("input", show);
    window.addEventListener("pageshow", show);
    show();
  }

  // Fields for guests beyond the number of places are out of sight, and not sent.
  for (const form of document.querySelectorAll("form.form")) {
    const places = form.querySelector('[name="places"]');
    const rows = [...form.querySelectorAll("[data-guest]")];
    const show = () => {
      for (const row of rows) {
        row.hidden = Number(row.dataset.guest) >= Number(places.value);
        for (const field of row.querySelectorAll("input, select, textarea")) field.disabled = row.hidden;
      }
    };
    if (!places || !rows.length) continue;
    places.addEventListener("input", show);
    window.addEventListener("pageshow", show);
    show();
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
