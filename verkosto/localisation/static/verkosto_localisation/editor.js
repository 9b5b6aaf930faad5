// Saves each string when its box loses the focus, and answers the shortcuts of the editor. Without scripts the form
// sends all texts at once.
(() => {
  const form = document.getElementById("localisation-strings");
  if (!form) return;
  const status = form.querySelector("[data-status]");
  const boxes = [...form.querySelectorAll("textarea[name^='text-']:not([readonly])")];
  const rowOf = (box) => box.closest("[data-string]");
  const focusable = (box) => box.editor || box;
  const boxOf = (element) => element.closest?.("[data-string]")?.querySelector("textarea[name^='text-']");
  const sent = new Map(boxes.map((box) => [box, box.value]));
  const queues = new Map();
  const refused = new Set();

  function show(box, text) {
    box.value = text;
    box.refill?.();
  }

  // Saves of one string follow each other: each needs the name that the one before has answered.
  function save(box, confirmed = false) {
    if (!confirmed && box.value === sent.get(box)) return queues.get(box) || Promise.resolve();
    const done = (queues.get(box) || Promise.resolve()).then(() => send(box, confirmed));
    queues.set(box, done);
    return done;
  }

  function post(fields) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("action", "save");
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    const headers = { Accept: "application/json" };
    // A small request outlives the page: a text is not lost with a click on a link. Browsers limit its size to 64 KiB.
    const keepalive = Object.values(fields).join("").length < 15000;
    const request = { method: "POST", body: data, headers, keepalive };
    return fetch(location.pathname, request).then((response) => response.json());
  }

  async function send(box, confirmed) {
    if (!confirmed && box.value === sent.get(box)) return;
    const value = box.value;
    sent.set(box, value);
    const data = { [box.name]: value };
    if (rowOf(box).querySelector("input[name=joined]")?.checked) data.joined = rowOf(box).dataset.string;
    if (confirmed) data.confirm = rowOf(box).dataset.string;
    else if (box.suggestion) data.suggestion = box.suggestion;
    status.textContent = form.dataset.saving;
    try {
      told(box, await post(data));
    } catch {
      sent.set(box, null); // sent again when the box is left again
      status.textContent = "";
      say(box, form.dataset.notSaved);
    }
  }

  function say(box, error) {
    rowOf(box).querySelector(".localisation-error").textContent = error;
    focusable(box).setAttribute("aria-invalid", error ? "true" : "false");
  }

  function told(box, answer) {
    say(box, answer.error || "");
    refused[answer.error ? "add" : "delete"](box);
    if (answer.name) box.name = answer.name;
    if ("is_open" in answer) rowOf(box).toggleAttribute("data-open", answer.is_open);
    if (answer.about !== undefined) replaceNotes(box, answer.about);
    const hasWarning = rowOf(box).querySelector(".localisation-warning");
    const outcome = [hasWarning ? form.dataset.warned : form.dataset.saved];
    if ("done" in answer) {
      form.querySelector("[data-done]").textContent = answer.done;
      form.querySelector("progress").value = answer.done;
      if (answer.done === answer.total) outcome.splice(hasWarning ? 1 : 0, 1, form.dataset.allDone);
    }
    status.textContent = answer.error ? "" : outcome.join(" ");
  }

  // Who has ticked a box with the keyboard that is no longer there stays at the string.
  function replaceNotes(box, html) {
    const notes = rowOf(box).querySelector("[data-about]");
    const isUsed = notes.contains(document.activeElement) && document.activeElement.matches(":focus-visible");
    notes.innerHTML = html;
    if (isUsed) focusable(box).focus();
  }

  // The address of a link has a box of its own, with its own answer.
  async function saveLink(input) {
    if (input.readOnly || input.value === input.defaultValue) return;
    const value = input.value;
    status.textContent = form.dataset.saving;
    let answer;
    try {
      answer = await post({ [input.name]: value });
    } catch {
      answer = { error: form.dataset.notSaved };
    }
    document.getElementById(input.id.replace("link-", "link-error-")).textContent = answer.error;
    input.setAttribute("aria-invalid", answer.error ? "true" : "false");
    status.textContent = answer.error ? "" : form.dataset.saved;
    if (answer.name) {
      input.name = answer.name;
      input.defaultValue = value;
    }
  }

  function go(from, step) {
    const at = from ? boxes.indexOf(from) : -1;
    const order = step > 0 ? [...boxes.slice(at + 1), ...boxes.slice(0, at + 1)] : [...boxes.slice(0, Math.max(at, 0)).reverse(), ...boxes.slice(at).reverse()];
    const next = order.find((box) => box !== from && rowOf(box).hasAttribute("data-open"));
    if (!next) {
      form.querySelector("button.button:not(.button-secondary)[name=action]")?.focus();
      return;
    }
    focusable(next).focus();
    rowOf(next).scrollIntoView({ block: "nearest" });
  }

  function use(box, text) {
    box.suggestion = text;
    show(box, text);
    focusable(box).focus();
  }

  form.addEventListener("focusout", (event) => {
    if (event.target.matches("input[id^='link-']")) saveLink(event.target);
    const box = boxOf(event.target);
    // A link of the row, such as the one to its history, leaves the page.
    const stays = rowOf(box || form)?.contains(event.relatedTarget) && !event.relatedTarget.matches("a[href]");
    if (box && boxes.includes(box) && !stays) save(box);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "joined") {
      sent.delete(boxOf(event.target)); // the text is another one with the mark
      save(boxOf(event.target));
    }
    if (event.target.name === "confirm" && event.target.checked) save(boxOf(event.target), true);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=use]");
    if (button) {
      event.preventDefault();
      use(boxOf(button), button.value.slice(button.value.indexOf(":") + 1));
    }
    const chosen = event.target.closest("button[name=link]");
    if (chosen) {
      event.preventDefault();
      const input = chosen.closest(".localisation-own-link").querySelector("input");
      input.value = chosen.value.slice(chosen.value.indexOf(":") + 1);
      input.focus();
      saveLink(input);
    }
    const judged = event.target.closest("button[name=dismiss], button[name=restore]");
    if (judged) {
      event.preventDefault();
      const reason = judged.parentNode.querySelector("input");
      const box = boxOf(judged);
      const data = { [judged.name]: judged.value, ...(reason && { [reason.name]: reason.value }) };
      save(box).then(() => post(data)).then((answer) => {
        told(box, answer);
        focusable(box).focus();
      });
    }
    if (event.target.closest("[data-next]")) {
      event.preventDefault();
      go(boxOf(document.activeElement), 1);
    }
  });
  // The form sends what the server already has as untouched, so nothing is saved twice.
  form.addEventListener("submit", async (event) => {
    if (!queues.size || form.dataset.ready) return;
    event.preventDefault();
    await Promise.allSettled(queues.values());
    form.dataset.ready = "1";
    // Not while this event is still being dispatched: a form that is asked to submit then does nothing (HTML §4.10.22.3).
    setTimeout(() => form.requestSubmit(event.submitter));
  });

  const actions = {
    "ctrl Enter": async (box) => {
      await save(box, true);
      if (!rowOf(box).hasAttribute("data-open")) go(box, 1);
    },
    "ctrl KeyS": (box) => {
      if (refused.has(box)) sent.set(box, null);
      return save(box);
    },
    "alt ArrowDown": (box) => go(box, 1),
    "alt ArrowUp": (box) => go(box, -1),
    "alt KeyO": (box) => show(box, box.dataset.source),
    "alt Enter": (box) => {
      const first = rowOf(box).querySelector("button[name=use]");
      if (first) first.click();
    },
  };
  form.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    const mark = event.ctrlKey || event.metaKey ? "ctrl" : event.altKey ? "alt" : "";
    const action = mark && box && boxes.includes(box) && actions[`${mark} ${event.code === "NumpadEnter" ? "Enter" : event.code}`];
    if (action) {
      event.preventDefault();
      action(box);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.name?.startsWith("reason-")) {
      event.preventDefault();
      event.target.parentNode.querySelector("button").click();
    }
  });
  const keys = document.querySelector(".localisation-keys");
  document.addEventListener("keydown", (event) => {
    const types = event.target.closest?.("input, textarea, select, [contenteditable=true]");
    if (event.key === "?" && keys && !types && event.target.closest?.(".localisation-editor")) {
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
    }
  });
  // A text that could not be sent, was refused or is still being typed is not left without a word.
  addEventListener("beforeunload", (event) => {
    const isUnsaved = (box) => refused.has(box) || box.value !== sent.get(box);
    if (!form.dataset.ready && boxes.some(isUnsaved)) event.preventDefault();
  });
})();
