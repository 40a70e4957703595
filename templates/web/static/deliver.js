// A finished PDF → the print window, a tab, or a file.

const WAIT = 8000; // milliseconds until a frame that shows nothing is given up
let address = ""; // of the PDF in the browser's memory
let framesPrint = navigator.pdfViewerEnabled;

/** Drops the PDF that was delivered last. */
export function forget() {
  document.getElementById("printer")?.remove();
  if (address) URL.revokeObjectURL(address);
  address = "";
}

/** Saves a PDF under a name. */
export function download(pdf, name) {
  hold(pdf);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
}

/**
 * Prints a PDF: "window" when the print window opened, "tab" when the PDF stands in one of its own,
 * else the address to open by hand.
 *
 * The browser's own viewer prints it, from a frame out of sight. Where a page may not ask a frame's
 * viewer to print (Firefox), or shows PDFs in no frame, a tab must do.
 */
export async function print(pdf, title) {
  hold(pdf);
  if (framesPrint && await printsInFrame(title)) return "window";
  framesPrint = false;
  return window.open(address, "_blank") ? "tab" : address;
}

function hold(pdf) {
  forget();
  address = URL.createObjectURL(pdf);
}

function printsInFrame(title) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { id: "printer", className: "unseen", tabIndex: -1, title, src: address });
  frame.setAttribute("aria-hidden", "true");
  const held = document.activeElement;
  return new Promise((done) => {
    const late = setTimeout(() => done(false), WAIT);
    frame.addEventListener("load", () => {
      clearTimeout(late);
      try {
        frame.contentWindow.print();
        done(true);
      } catch {
        done(false);
      }
      // The viewer takes the focus; it goes back to where the person was.
      if (document.activeElement !== held) held?.focus();
    }, { once: true });
    document.body.append(frame);
  });
}
