// A question that must be answered first; Escape is the cautious answer.

const dialog = document.getElementById("question");

/** Whether someone says yes; `yes` and `no` are what the buttons say. */
export function question(text, { yes, no }) {
  for (const [id, said] of [["text", text], ["yes", yes], ["no", no]]) {
    document.getElementById(`question-${id}`).textContent = said;
  }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

/** Whether a question stands there. */
export function isAsking() {
  return dialog.open;
}
