// Shows a check-in at once and sends it when there is a connection. Until then localStorage keeps it, by reference and
// meeting and without names.
(() => {
  const people = document.querySelector("[data-people]");
  const waiting = document.querySelector("[data-waiting]");
  const arrived = document.querySelector("[data-arrived]");
  const search = document.querySelector("#q");
  if (!people) return;
  const url = location.pathname;
  const key = `check-in:${url}`;
  const here = people.dataset.meeting || "";
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const read = () => JSON.parse(localStorage.getItem(key) || "{}");
  const write = (queue) => localStorage.setItem(key, JSON.stringify(queue));
  const rowOf = (reference) =>
    people.querySelector(`input[name=reference][value="${CSS.escape(reference)}"]`)?.closest("[data-row]");
  let sending = false;

  // "reference", and at a series "reference meeting".
  const entryOf = (reference) => (here ? `${reference} ${here}` : reference);
  const parts = (entry) => [entry.split(" ", 1)[0], entry.split(" ").slice(1).join(" ")];

  function mark(entry, attendance) {
    const [reference, meeting] = parts(entry);
    if (meeting !== here) return;
    rowOf(reference)?.classList.toggle("arrived", attendance === "attended");
  }

  function showStatus(text) {
    const count = Object.keys(read()).length;
    waiting.hidden = !count && !text;
    waiting.textContent = text || waiting.dataset.text.replace("%s", count);
  }

  async function send() {
    if (sending) return;
    sending = true;
    let message = "";
    try {
      for (const [entry, attendance] of Object.entries(read())) {
        const [reference, meeting] = parts(entry);
        const answer = await fetch(url, {
          method: "POST",
          headers: { Accept: "application/json", "X-CSRFToken": token() },
          body: new URLSearchParams({ reference, meeting, attendance }),
          redirect: "manual",
          signal: AbortSignal.timeout(8000),
        });
        if (answer.type === "opaqueredirect" || answer.status === 403) {
          message = waiting.dataset.signedOut;
          break;
        }
        if (answer.status >= 500) break;
        const queue = read();
        // Changed again in the meantime: the newer one still has to be sent.
        if (queue[entry] === attendance) delete queue[entry];
        write(queue);
        if (!answer.ok) continue;
        const result = await answer.json();
        if (result.error) {
          mark(entry, "");
          message = result.error;
        } else if (arrived && meeting === here) {
          arrived.textContent = result.arrived;
        }
      }
    } catch {
      // No network: the queue stays as it is.
    }
    sending = false;
    showStatus(message);
  }

  people.addEventListener("submit", (event) => {
    const attendance = event.submitter?.value;
    if (attendance === undefined) return;
    event.preventDefault();
    const reference = event.target.elements.reference.value;
    write({ ...read(), [entryOf(reference)]: attendance });
    mark(entryOf(reference), attendance);
    rowOf(reference)?.querySelector(attendance ? ".out" : ".in")?.focus();
    showStatus("");
    send();
  });

  // A code reader types a code, or its address: the server knows whose it is.
  const isCode = () => search.value.includes(":");

  // All people are on the page: the search needs no request.
  search?.form.addEventListener("submit", (event) => {
    if ("all" in people.dataset && !isCode()) event.preventDefault();
  });

  search?.addEventListener("input", () => {
    const words = (isCode() ? "" : search.value).toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of people.querySelectorAll("[data-row]")) {
      const text = row.dataset.search.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });

  for (const [entry, attendance] of Object.entries(read())) mark(entry, attendance);
  showStatus("");
  send();
  addEventListener("online", send);
  setInterval(send, 5000);
})();
