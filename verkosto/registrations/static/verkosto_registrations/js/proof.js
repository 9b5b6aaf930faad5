// Proof of work (ALTCHA, protocol 2): while somebody fills in the form, their browser computes for a moment.
// Where it cannot, the form is sent without, and the server asks to confirm the address by mail.
(() => {
  "use strict";
  const FRESH = 15 * 60 * 1000; // milliseconds; the server accepts it for five minutes more
  const PATIENCE = 20 * 1000;
  const AT_ONCE = 4;

  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function derive({ nonce, salt, cost, keyLength }, counter) {
    const start = bytes(nonce);
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    new DataView(password.buffer).setUint32(start.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
    return { counter, derivedKey: hex(await crypto.subtle.deriveBits(how, key, keyLength * 8)) };
  }

  async function solve(address) {
    const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) return "";
    const challenge = await answer.json();
    for (let first = 0; ; first += AT_ONCE) {
      const attempts = [...Array(AT_ONCE).keys()].map((step) => derive(challenge.parameters, first + step));
      const solution = (await Promise.all(attempts)).find(({ derivedKey }) =>
        derivedKey.startsWith(challenge.parameters.keyPrefix),
      );
      if (solution) return btoa(JSON.stringify({ challenge, solution }));
    }
  }

  for (const field of document.querySelectorAll("[data-proof]")) {
    const form = field.form;
    let started = 0;
    let work = null;

    const begin = () => {
      if (work && performance.now() - started < FRESH) return work;
      started = performance.now();
      field.value = "";
      work = solve(field.dataset.proof)
        .then((proof) => (field.value = proof))
        .catch(() => "");
      return work;
    };

    form.addEventListener("focusin", begin, { once: true });
    form.addEventListener("submit", (event) => {
      begin();
      if (field.value || event.defaultPrevented) return;
      event.preventDefault();
      form.setAttribute("aria-busy", "true");
      const enough = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      Promise.race([work, enough]).then(() => form.submit());
    });
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      // Back to a form that was sent: its proof is spent.
      form.removeAttribute("aria-busy");
      work = null;
      begin();
    });
  }
})();
