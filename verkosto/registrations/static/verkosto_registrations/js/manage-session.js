// Warns five minutes before a manage session ends, and extends it by a button (WCAG 2.2 SC 2.2.1).
(() => {
  "use strict";

  const WARN_BEFORE = 5 * 60 * 1000;
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const [warning, extended, over] = ["warning", "extended", "over"].map((name) =>
    box.querySelector(`[data-session-${name}]`),
  );
  const lifetime = Number(box.dataset.session) * 1000;
  let end = Date.now() + lifetime;

  const show = (shown) => {
    for (const part of [warning, extended, over]) part.hidden = part !== shown;
  };
  const check = () => {
    const left = end - Date.now();
    if (left <= 0) show(over);
    else if (left <= WARN_BEFORE) show(warning);
  };
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.extend, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer) return;
    end = answer.ok ? Date.now() + lifetime : Date.now();
    show(answer.ok ? extended : over);
    if (answer.ok) extended.focus();
  });
  setInterval(check, 10 * 1000);
  document.addEventListener("visibilitychange", check);
})();
