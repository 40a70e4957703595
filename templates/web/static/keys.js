// Keys for the whole page, and what happens when it is left or was left open for long.

import { isAsking } from "./question.js";

const by = (id) => document.getElementById(id);
const PAUSE = 5000; // milliseconds between two mends of pictures

/**
 * Follows keys and leave-takings: `mayLeave` tells whether nothing would be lost, `lost` makes a
 * picture again that is gone.
 */
export function followKeys({ mayLeave, lost }) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isAsking()) return;
    const key = event.key.toLowerCase(), isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if ((event.ctrlKey || event.metaKey) && key === "p" && by("f-cause").value) {
      event.preventDefault(); // the handout, not the page around it
      by("print").click();
    } else if (isPlain && (key === "escape" && !event.altKey || key === "n" && event.altKey)) {
      event.preventDefault();
      by("next")?.click();
    }
  });

  let mended = 0;
  by("preview").addEventListener("error", (event) => {
    if (!event.target.matches("#pages img") || Date.now() - mended <= PAUSE) return;
    mended = Date.now();
    lost();
  }, true);

  // Whoever leaves with a form that was not handed over as it stands is asked by the browser.
  addEventListener("beforeunload", (event) => {
    if (!mayLeave()) event.preventDefault();
  });

  addEventListener("pagehide", () => {
    const token = by("f-token").value;
    if (token) navigator.sendBeacon("/forget", new URLSearchParams({ token }));
  });

  // Out of the browser's memory comes a page whose preview is gone, and maybe the last patient.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
