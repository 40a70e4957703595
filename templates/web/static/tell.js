// What the page tells: aloud in the live region, and above the pages.

const said = document.getElementById("said");

/** Says a text to a screen reader; `again`: even where it was the last that was said. */
export function say(text, again = false) {
  if (again && said.textContent === text) {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 60);
  } else said.textContent = text;
}

/** What stands above the pages until the next answer; nothing where the text is empty. */
export function notice(text, link = null) {
  document.getElementById("notice")?.remove();
  if (!text) return;
  const told = document.createElement("p");
  Object.assign(told, { id: "notice", className: "wait", textContent: text });
  if (link) told.append(" ", link);
  document.getElementById("notes").prepend(told);
}

/** Tells both ways. */
export function tell(text) {
  notice(text);
  say(text, true);
}
