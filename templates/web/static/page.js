// The page follows each change: it sends the form, and takes in what the server makes of it.
// Nothing here knows a rule; without this script the page works as a plain form.

import { Finder } from "./finder.js";
import { fieldStates, morphInto } from "./morph.js";

const TYPING = 250; // milliseconds without a key before what was typed is sent
const form = document.getElementById("ask");
const preview = document.getElementById("preview");
const said = document.getElementById("said");
let timer, running, waiting = [], current = Promise.resolve(), ready = !!document.getElementById("pages");

document.documentElement.classList.add("scripted");
document.getElementById("f-width").value = pictureWidth();

// -- what the server makes of it ------------------------------------------------------------------

function pictureWidth() {
  const bar = document.getElementById("bar").getBoundingClientRect().width;
  return Math.round(Math.min(bar, 820) * Math.min(window.devicePixelRatio || 1, 2));
}

function say(text, again = false) {
  if (again && said.textContent === text) {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 60);
  } else said.textContent = text;
}

// Asks for the preview anew after a while; whoever waited for an earlier one waits for this one.
function update(wait, { load = false, typed = false } = {}) {
  clearTimeout(timer);
  running?.abort();
  running = null;
  preview.setAttribute("aria-busy", "true");
  timer = setTimeout(() => ask(load, typed), wait);
  current = new Promise((done) => { waiting.push(done); });
  return current;
}

async function ask(load, typed) {
  const own = running = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  if (load) body.append("way", "load");
  const sent = fieldStates(form);
  try {
    const answer = await fetch("/preview", {
      method: "POST", body, signal: own.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("refused");
    const told = await answer.json();
    if (running !== own) return;
    show(told, sent, typed);
  } catch (error) {
    if (running !== own) return;
    ready = false;
    preview.classList.add("stale");
    say(form.dataset.failed);
    document.getElementById("state").textContent = form.dataset.failed;
  }
  preview.removeAttribute("aria-busy");
  for (const done of waiting.splice(0)) done();
}

function show(answer, sent, typed) {
  preview.classList.remove("stale");
  morphInto(form, answer.form, sent);
  morphInto(preview, answer.preview, sent);
  ready = answer.ready;
  say(answer.say, !typed);
}

// -- changes --------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  const { target } = event;
  if (target.id === "f-diagnosis" || target.id === "f-protocol" || target.closest("#save")) return;
  if (target.matches("input[type=checkbox], input[type=radio], select, input[type=date]")) own(target);
  else update(TYPING, { typed: true });
});

form.addEventListener("change", (event) => {
  if (event.target.matches("input[type=date]")) update(0);
});

function own(target) {
  if (target.id === "f-replace") return;
  // A tick among the massages or tips makes them one's own choice.
  if (target.dataset.own) document.getElementById(`f-${target.dataset.own}-own`).checked = true;
  if (target.type !== "date" || target.value) update(target.type === "date" ? TYPING : 0);
}

async function picked() {
  await update(0);
  if (document.activeElement === document.body || !document.activeElement) {
    document.querySelector("#f-state input")?.focus();
  }
}

const finder = new Finder(document.getElementById("f-diagnosis"), document.getElementById("finder-list"), {
  words: document.getElementById("f-words").value, found: form.dataset.found, none: form.dataset.none,
  chosen: picked, say });
finder.made = finder.input.value;

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name === "switch") return; // the other language: a whole new page
  if (button?.id === "print" || button?.id === "download") {
    deliver(event, button);
    return;
  }
  event.preventDefault();
  if (button?.hasAttribute("data-pick")) {
    finder.input.value = finder.made = button.value;
    picked();
  } else if (button?.id === "use") {
    const { value } = document.getElementById("f-protocol");
    if (value) update(0, { load: true }).then(() => { finder.made = finder.input.value; });
  } else if (button?.id === "keep") keep();
  else update(0);
});

// -- print, download, save ------------------------------------------------------------------------

let delivering = false;

async function deliver(event, button) {
  if (delivering) { // the form goes its way, with what the preview shows
    delivering = false;
    return;
  }
  event.preventDefault();
  await current;
  await new Promise((done) => { setTimeout(done); }); // a form can't be sent while it is being sent
  if (!ready) {
    leadToProblem();
    return;
  }
  delivering = true;
  if (button.id === "print") printer(button);
  form.requestSubmit(button);
  say(button.id === "print" ? form.dataset.printing : "", true);
}

// The PDF goes into a frame out of sight and is printed from there; where a browser shows PDFs in
// no frame, into a tab of its own.
function printer(button) {
  document.getElementById("printer")?.remove();
  if (!navigator.pdfViewerEnabled) {
    button.formTarget = "_blank";
    return;
  }
  const frame = document.createElement("iframe");
  Object.assign(frame, { id: "printer", name: "printer", className: "unseen", tabIndex: -1, title: button.textContent });
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  button.formTarget = "printer";
  let began = false;
  frame.addEventListener("load", () => {
    if (began || frame.contentWindow.location.href === "about:blank") return;
    began = true;
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
    } catch {
      button.formTarget = "_blank";
      delivering = true;
      form.requestSubmit(button);
    }
  });
}

function leadToProblem() {
  const box = document.getElementById("problems");
  if (box) box.focus();
  else finder.input.focus();
}

async function keep() {
  await current;
  const body = new URLSearchParams(new FormData(form));
  let answer;
  try {
    answer = await (await fetch("/protocols", {
      method: "POST", body, headers: { Accept: "application/json" } })).json();
  } catch {
    say(form.dataset.failed, true);
    return;
  }
  const field = document.getElementById("f-protocol_name");
  const told = message("save-told", document.getElementById("save"));
  const [problem] = answer.problems;
  told.className = problem ? "mistake" : "good";
  told.textContent = problem ? `${problem.text} ${problem.cure}` : answer.say;
  told.lang = problem?.language || "";
  field.toggleAttribute("aria-invalid", !!problem);
  field.setAttribute("aria-describedby", "save-told");
  if (problem) field.focus();
  else field.value = "";
  say(told.textContent, true);
}

function message(id, before) {
  const found = document.getElementById(id);
  if (found) return found;
  const made = document.createElement("p");
  made.id = id;
  before.after(made);
  return made;
}

// Ctrl-P prints the handout, not the page around it.
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p" && ready) {
    event.preventDefault();
    document.getElementById("print").click();
  }
});

// -- ways about the page --------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest('.summary a[href^="#f-"]');
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  (target.matches("input, select, textarea") ? target : target.querySelector("input:not(:disabled)") ?? target).focus();
});

// A picture that is gone (the page was left open for long) is made again, once.
let mended = 0;
preview.addEventListener("error", (event) => {
  if (event.target.nodeName === "IMG" && Date.now() - mended > 5000) {
    mended = Date.now();
    update(0, { typed: true });
  }
}, true);

addEventListener("pagehide", () => {
  const token = document.getElementById("f-token").value;
  if (token) navigator.sendBeacon("/forget", new URLSearchParams({ token }));
});

document.getElementById("summary-box")?.focus();
