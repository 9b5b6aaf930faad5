// In the frame: says how high the page is, whenever that changes. The height is no secret, so any site may hear it.
(() => {
  "use strict";
  if (window.parent === window) return;
  // Links within the page stay in the frame; all others open in the whole window.
  for (const link of document.querySelectorAll('a[href^="#"]')) link.target = "_self";
  const tell = () => window.parent.postMessage({ verkostoHeight: document.body.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
})();
