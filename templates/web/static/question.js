// A question that must be answered first; Escape is the cautious answer.

const dialog = document.getElementById("question");
const DEAF = 600; // milliseconds in which a second Enter or click was meant for what stood there before

/** Whether someone says yes; `yes` and `no` are what the buttons say. */
export function question(text, { yes, no }) {
  for (const [id, said] of [["text", text], ["yes", yes], ["no", no]]) {
    document.getElementById(`question-${id}`).textContent = said;
  }
  dialog.returnValue = "";
  const buttons = [...dialog.querySelectorAll("button")];
  for (const each of buttons) each.disabled = true; // so the focus stands on neither
  setTimeout(() => { for (const each of buttons) each.disabled = false; }, DEAF);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

/** Whether a question stands there. */
export function isAsking() {
  return dialog.open;
}
