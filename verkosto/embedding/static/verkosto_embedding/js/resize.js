// On another site: gives the frames of our pages the height of what they show. Without it they have the height of their
// attribute and scroll. A message counts only if it comes from the window and the origin of a frame on the page.
(() => {
  "use strict";
  const LARGEST = 20000; // CSS pixels
  window.addEventListener("message", (event) => {
    const height = event.data && Number(event.data.verkostoHeight);
    if (!(height > 0 && height <= LARGEST)) return;
    for (const frame of document.querySelectorAll("iframe[src]")) {
      if (frame.contentWindow === event.source && new URL(frame.src).origin === event.origin) {
        frame.style.height = `${Math.ceil(height)}px`;
      }
    }
  });
})();
