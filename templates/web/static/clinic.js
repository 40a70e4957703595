// The practice: page 1 follows each change; without this script a button shows it.

import { fieldStates, morphInto } from "./morph.js";

const TYPING = 500; // milliseconds without a key before what was typed is sent
const by = (id) => document.getElementById(id);
const form = by("practice"), look = by("look"), swatches = by("swatches"), drop = by("drop");
let timer, running;

document.documentElement.classList.add("scripted");

async function show() {
  running?.abort();
  const own = running = new AbortController();
  const body = new FormData(form), sent = fieldStates(form);
  body.append("way", "look");
  look.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch("/clinic", { method: "POST", body, signal: own.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    morphInto(look, told.look, new Map());
    morphInto(swatches, told.swatches, sent);
    by("said").textContent = told.say || by("contrast").textContent;
    if (by("f-logo").value) by("f-logo").value = ""; // it is kept by its token
  } catch (error) {
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
  } finally {
    if (running === own) look.removeAttribute("aria-busy");
  }
}

form.addEventListener("input", (event) => {
  if (event.target.id === "f-colour") by("f-pick-own").checked = true;
  clearTimeout(timer);
  timer = setTimeout(show, event.target.matches("input[type=file], input[type=radio], input[type=checkbox], select") ? 0 : TYPING);
});

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    by("f-logo").files = event.dataTransfer.files;
    show();
  });
}
