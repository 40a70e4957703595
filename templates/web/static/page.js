// The page follows each change: it sends the form, and takes in what the program makes of it.
// Nothing here knows a rule; without this script the page works as a plain form.

import { download, forget, print } from "./deliver.js";
import { Finder } from "./finder.js";
import { followKeys } from "./keys.js";
import { fieldStates, morphInto } from "./morph.js";
import { isAsking, question } from "./question.js";
import { Failure, send, watch } from "./server.js";
import { notice, say, tell } from "./tell.js";
import { watchToday } from "./today.js";
import { choices, isFilled, isPatient, isTouched, nameOf, unfinished } from "./typed.js";
import { leadTo, pictureWidth } from "./ways.js";

const TYPING = 250; // milliseconds without a key before what was typed is sent
const AGAIN = 2000; // milliseconds until a program that has stopped is asked again
const by = (id) => document.getElementById(id);
const form = by("ask"), preview = by("preview"), words = JSON.parse(form.dataset.words);
let owed = {}; // what is to be sent beside the form, until it is answered
let timer, running, waiting = [], current = Promise.resolve();
let ready = !!document.querySelector("#pages:not(.old)");
let isStopped = false, isLeaving = false, isDelivering = false;
let delivered = ""; // the choices that were printed or downloaded last
let late = null; // what is to be told of them as soon as the form says something else
let looked = ""; // the cause that was shown when Print or Download was pressed

document.documentElement.classList.add("scripted");
by("f-width").value = pictureWidth(by("bar"));
let shown = choices(form); // those that the preview was made of

// -- what the program makes of the form -----------------------------------------------------------

// Asks for the preview anew after a while; whoever waited for an earlier one waits for this one.
// `more` are fields to send beside the form's: whoever types on meanwhile does not undo them.
function update(wait, { typed = false, more = {} } = {}) {
  clearTimeout(timer);
  running?.abort();
  running = null;
  owed = { ...owed, ...more };
  preview.setAttribute("aria-busy", "true");
  timer = setTimeout(() => ask(typed), wait);
  current = new Promise((done) => { waiting.push(done); });
  return current;
}

async function ask(typed) {
  const more = owed;
  const own = running = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) body.append(name, value);
  const sent = fieldStates(form), asked = choices(form), cause = by("f-cause").value;
  try {
    const answer = await (await send("/preview", body, { signal: own.signal, words })).json();
    if (running !== own) return;
    owed = {};
    const isSame = choices(form) === asked;
    show(answer, sent, { typed, afresh: more.way === "next" || "fresh" in more });
    shown = isSame ? choices(form) : "";
    if (more.way || more.tile) finder.settle();
    if (cause && by("f-cause").value && by("f-cause").value !== cause && !("fresh" in more)) askWhose(more);
  } catch (error) {
    if (running !== own) return;
    if (!(error instanceof Failure)) throw error;
    failed(error);
  }
  preview.removeAttribute("aria-busy");
  for (const done of waiting.splice(0)) done();
}

function show(answer, sent, { typed = false, afresh = false } = {}) {
  preview.classList.remove("stale");
  morphInto(form, answer.form, sent, { afresh });
  morphInto(preview, answer.preview, sent);
  ready = answer.ready;
  if (afresh) late = null;
  const lacking = missed();
  if (lacking) notice(lacking);
  say([isStopped ? words.back : "", lacking, answer.say].filter(Boolean).join(" "), !typed);
  isStopped = false;
}

// Nothing came back: the pages shown are old, what was typed stays, and a program that stopped is
// asked again until it answers: started anew it may refuse until its page was opened.
function failed(error) {
  ready = false;
  preview.classList.add("stale");
  if (!isStopped || by("notice")?.textContent !== error.text) say(error.text, true);
  notice(error.text);
  by("state").textContent = error.isStopped ? words.off : "";
  for (const name of ["print", "download"]) by(name).setAttribute("aria-disabled", "true");
  // What was counted or listed beside a part's title was so before the last change.
  for (const count of form.querySelectorAll(".count")) count.hidden = true;
  isStopped ||= error.isStopped || error.isRestarted;
  if (!isStopped) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(false), AGAIN);
}

// That what was handed over last lacks a change made since, or nothing. Another cause that was
// chosen after it is another handout.
function missed() {
  if (!late || choices(form) === delivered) return "";
  late.isTold ||= by("f-cause").value === late.cause;
  return late.isTold ? late.text : "";
}

// -- changes --------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  const { target } = event;
  if (target.id === "f-diagnosis" || target.id === "f-protocol" || target.closest("#save, #l-replace, #l-with_note")) return;
  if (target.matches("input[type=checkbox], input[type=radio], select, input[type=date]")) own(target);
  else update(TYPING, { typed: true });
});

form.addEventListener("change", (event) => {
  if (event.target.matches("input[type=date]")) update(0);
});

function own(target) {
  // A tick among the massages or tips makes them one's own choice.
  if (target.dataset.own) by(`f-${target.dataset.own}-own`).checked = true;
  update(target.type === "date" ? TYPING : 0, { typed: target.type === "date" });
}

// Saved choices: what is left to do is one click, or the name.
async function tiled(name) {
  await update(0, { more: { tile: name } });
  (by("examined") ?? by("f-patient"))?.focus();
}

async function picked() {
  await update(0);
  if (document.activeElement === document.body || !document.activeElement) {
    document.querySelector("#f-state input")?.focus();
  }
}

// Another cause while a patient stands there: the next one's, or a correction?
async function askWhose(more) {
  if (!isPatient(form) || isAsking()) return;
  const isNext = await question(words.cause_ask, { yes: words.cause_yes, no: words.cause_no });
  if (isNext) update(0, { more: { ...more, fresh: "1" } });
}

const finder = new Finder(by("f-diagnosis"), by("finder-list"), {
  words: by("f-words").value, found: words.found, more: words.more, none: words.none, chosen: picked, say });
finder.settle(finder.input.defaultValue);
if (isTouched(form)) {
  shown = "";
  if (document.activeElement === finder.input) finder.ask(0);
  else update(0);
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (isLeaving || button?.id === "read") return; // a whole new page, or one in a tab of its own
  event.preventDefault();
  if (button?.name === "switch") speak(button);
  else if (["print", "download", "html"].includes(button?.id)) deliver(button);
  else if (button?.id === "next") next();
  else if (button?.hasAttribute("data-pick")) {
    finder.input.value = button.value;
    finder.settle();
    picked();
  } else if (button?.name === "tile") tiled(button.value);
  else if (button?.id === "reset") update(0, { more: { way: button.value } }).then(() => finder.input.focus());
  else if (button?.name === "up") update(0, { more: { up: button.value } });
  else if (button?.id === "use" || button?.id === "examined") {
    if (by("f-protocol").value) update(0, { more: { way: button.value } }).then(() => {
      if (document.activeElement === document.body) by("f-patient")?.focus();
    });
  } else if (button?.id === "whose-next") update(0, { more: { fresh: "1" } });
  else if (button?.id === "keep" || document.activeElement?.id === "f-protocol_name") keep();
  else update(0);
});

// The page in another language: where nobody would answer, it stays as it is.
async function speak(button) {
  await update(0);
  if (preview.classList.contains("stale")) return;
  isLeaving = true;
  form.requestSubmit(button);
}

// -- print, download, next patient, save ----------------------------------------------------------

preview.addEventListener("pointerdown", () => { looked = by("f-cause").value; });

async function deliver(button) {
  if (isDelivering) return;
  isDelivering = true;
  try {
    await delivery(button, looked || by("f-cause").value);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed(error);
  }
  looked = "";
  isDelivering = false;
}

// Gives what the preview shows, or says why not.
async function delivery(button, cause) {
  finder.take();
  if (choices(form) !== shown) update(0);
  await current;
  const open = unfinished(form);
  if (isStopped) {
    say(by("notice").textContent, true);
    by("notice").scrollIntoView({ block: "nearest" });
  }
  else if (by("f-cause").value !== cause) tell(words.held);
  else if (!ready) leadToProblem();
  else if (open) {
    tell(words.unfinished.replace("{field}", nameOf(open)));
    leadTo(open);
  } else await hand(button);
}

async function hand(button) {
  const body = new URLSearchParams(new FormData(form)), asked = choices(form);
  const cause = by("f-cause").value;
  body.append("way", button.value);
  const answer = await send("/handout", body, { words });
  if (!answer.ok) {
    await update(0);
    leadToProblem();
    return;
  }
  const pdf = await answer.blob();
  listToday();
  delivered = asked;
  late = null;
  notice("");
  if (button.id === "print") tellPrinted(await print(pdf, button.textContent));
  else {
    const [, name] = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"));
    download(pdf, name);
    say(words.downloaded, true);
  }
  const text = button.id === "print" ? words.late_print : words.late_download;
  late = { text, cause, isTold: choices(form) !== asked };
  if (late.isTold) tell(late.text);
}

function tellPrinted(where) {
  if (where === "window") say(words.printing, true);
  else if (where === "tab") tell(words.tab);
  else {
    const link = Object.assign(document.createElement("a"), { href: where, target: "_blank", textContent: words.open });
    notice(words.blocked, link);
    say(words.blocked, true);
    link.focus();
  }
}

function leadToProblem() {
  say(words.checking, true);
  (by("problems") ?? by("summary-box") ?? finder.input).focus();
}

// Whether what stands in the form may go: it was handed over as it stands, or somebody says so.
async function mayClear() {
  const { next_ask: text, next_yes: yes, next_no: no } = words;
  return !isFilled(form) || choices(form) === delivered || question(text, { yes, no });
}

async function next() {
  if (!await mayClear()) return;
  forget();
  await update(0, { more: { way: "next" } });
  finder.input.focus();
}

// An answer of the server in the place of what stands in the form.
function takeBack(answer) {
  clearTimeout(timer);
  running?.abort();
  running = null;
  owed = {};
  show(answer, fieldStates(form), { afresh: true });
  shown = choices(form);
  finder.settle();
  preview.removeAttribute("aria-busy");
  finder.input.focus();
}

const listToday = watchToday({ words, mayClear, takeBack, tellPrinted, failed, done: () => finder.input.focus() });

async function keep() {
  await current;
  const body = new URLSearchParams(new FormData(form)), sent = fieldStates(form);
  try {
    const answer = await (await send("/protocols", body, { words })).json();
    show(answer, sent);
    shown = choices(form);
    if (answer.saved) by("f-protocol_name").value = "";
    else by("f-protocol_name")?.focus();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed(error);
  }
}

const mayLeave = () => isLeaving || !isFilled(form) || choices(form) === delivered;
followKeys({ mayLeave, lost: () => update(0, { typed: true }) });
watch(words, (failure) => { if (!isStopped && !preview.hasAttribute("aria-busy")) failed(failure); });
if (by("whose")) update(0).then(() => askWhose({})); // it came without a script, and was not answered
(by("summary-box") ?? document.querySelector("[data-switched]"))?.focus();
