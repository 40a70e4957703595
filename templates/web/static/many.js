// Many at once: the table is sent, its batch is watched, the result is fetched.

const POLL = 300; // milliseconds between two looks at a batch
const SPOKEN = 3000; // milliseconds between two words of progress to a screen reader
const by = (id) => document.getElementById(id);
const form = by("table"), input = by("f-table"), drop = by("drop"), said = by("said");
const headers = { Accept: "application/json" };
const words = form.elements.words.value;
let batch = "", kept = "", spoken = 0, looks = 0; // the batch at work, the one whose result is kept
let looking = Promise.resolve(); // the last look at a table

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  chosen();
});
input.addEventListener("change", chosen);

// -- what is seen of a table -------------------------------------------------------------------

// Another file: nothing that was chosen for the one before holds for it.
function chosen() {
  mistake(null);
  letGo();
  for (const field of by("seen").querySelectorAll("select")) field.remove();
  by("mended").replaceChildren();
  if (input.files.length) looking = look();
}

by("seen").addEventListener("change", ({ target }) => {
  if (target.id === "f-remember") return;
  if (target.id === "f-sheet") by("seen-columns")?.remove(); // its columns are not those
  by("mended").replaceChildren();
  looking = look();
});
by("seen").addEventListener("click", ({ target }) => {
  if (target.id === "forget") looking = look({ forget: "1" });
});

async function look(more = {}) {
  const body = new FormData(form), number = ++looks, held = document.activeElement?.id;
  for (const [name, value] of Object.entries(more)) body.append(name, value);
  said.textContent = by("seen").dataset.reading;
  const answer = await asked("/many/look", { method: "POST", body });
  if (looks !== number || !answer) return;
  if (answer.seen) by("seen").innerHTML = answer.seen;
  mistake(answer.problems[0] ?? null);
  if (held) by(held)?.focus();
  if (!answer.problems.length) said.textContent = (by("seen-problem") ?? by("seen").querySelector("caption"))?.textContent ?? "";
}

// -- a batch -----------------------------------------------------------------------------------

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (batch) return;
  mistake(null);
  for (const field of by("failed-rows").querySelectorAll("select")) if (field.selectedIndex > 0) mend(field);
  letGo();
  by("failed-rows").replaceChildren(); // what was chosen there is kept by now
  by("start").disabled = true;
  await looking; // what is seen of the table is how it is read
  const answer = await asked("/many", { method: "POST", body: new FormData(form) });
  if (!answer) by("start").disabled = false;
  else if (answer.problems.length) {
    by("start").disabled = false;
    mistake(answer.problems[0]);
    input.focus();
  } else begin(answer);
});

async function asked(address, options = {}) {
  try {
    const answer = await fetch(address, { headers, ...options });
    return answer.status === 204 ? {} : await answer.json();
  } catch {
    mistake({ text: form.dataset.failed, cure: "", language: "" });
    return null;
  }
}

function mistake(problem) {
  const place = by("m-table");
  place.hidden = !problem;
  place.textContent = problem ? `${problem.text} ${problem.cure}` : "";
  input.toggleAttribute("aria-invalid", false);
  if (problem) input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", problem ? "h-table m-table" : "h-table");
  if (problem) said.textContent = place.textContent;
}

// The result of the file before: beside what is said of this one it would be taken for its own.
function letGo() {
  if (kept) navigator.sendBeacon(`/many/${kept}/stop`);
  kept = "";
  by("work").hidden = true;
}

function begin(answer) {
  batch = answer.token;
  by("work").hidden = false;
  by("stop").hidden = false;
  by("progress").hidden = false;
  for (const name of ["result", "failed", "unused", "look", "first"]) by(name).hidden = true;
  by("work-title").focus();
  watch(answer);
}

async function watch(answer) {
  show(answer);
  while (batch && answer?.state === "running") {
    await new Promise((done) => { setTimeout(done, POLL); });
    if (!batch) return;
    answer = await asked(`/many/${batch}?words=${words}`);
    if (answer?.state) show(answer);
  }
  if (batch) end(answer);
}

function show(answer) {
  by("told").textContent = answer.say;
  by("progress").max = answer.rows || 1;
  by("progress").value = answer.done;
  if (Date.now() - spoken > SPOKEN || answer.state !== "running") {
    spoken = Date.now();
    said.textContent = answer.say;
  }
}

function end(answer) {
  by("stop").hidden = by("progress").hidden = true;
  by("start").disabled = false;
  if (answer?.problems?.length) mistake(answer.problems[0]);
  if (answer?.state === "ready") offer(answer);
  else batch = "";
}

function offer(answer) {
  const result = by("result");
  kept = batch;
  batch = "";
  result.action = `/many/${kept}/result`;
  result.hidden = by("missing").hidden = !answer.made;
  by("fetch").textContent = answer.fetch;
  by("look").hidden = !answer.look.length;
  by("look").replaceChildren(...answer.look.map((textContent) => Object.assign(
    document.createElement("p"), { className: "wait", textContent })));
  by("first").hidden = !answer.first.length;
  by("first-rows").replaceChildren(...answer.first.map((textContent) => Object.assign(
    document.createElement("li"), { textContent })));
  by("unused").hidden = !answer.unused.length;
  by("unused").textContent = `${by("unused").dataset.label} ${answer.unused.join("; ")}`;
  by("failed").hidden = !answer.failed.length;
  by("failed-rows").replaceChildren(...answer.failed.map((row) => {
    const line = document.createElement("tr");
    for (const text of [row.row, row.line, row.short]) line.insertCell().textContent = text;
    line.lastChild.append(...row.menus.map((each) => menu(row.row, each)));
    return line;
  }));
  by("mend").hidden = !by("failed-rows").querySelector("select");
}

// What may stand in place of a word that is not understood.
function menu(row, { name, label: said, choices }) {
  const label = Object.assign(document.createElement("label"), { className: "field" });
  const field = Object.assign(document.createElement("select"), { name });
  field.append(new Option(by("failed-rows").dataset.choose, ""), ...choices.map(([value, text]) => new Option(text, value)));
  label.append(Object.assign(document.createElement("span"), {
    className: "unseen", textContent: `${by("failed-rows").dataset.row} ${row}, ` }), said, field);
  return label;
}

// A word that was mended stays so for every run of this file.
function mend({ name, value }) {
  for (const old of by("mended").children) if (old.name === name) old.remove();
  by("mended").append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}

by("result").addEventListener("submit", () => {
  setTimeout(() => {
    by("told").textContent = said.textContent = by("result").dataset.fetched;
  }, 0);
});

by("stop").addEventListener("click", async () => {
  const token = batch;
  batch = "";
  by("stop").hidden = by("progress").hidden = true;
  await asked(`/many/${token}/stop`, { method: "POST" });
  by("told").textContent = said.textContent = by("stop").dataset.stopped;
  by("start").disabled = false;
  by("work-title").focus();
});

addEventListener("pagehide", () => {
  for (const token of [batch, kept]) if (token) navigator.sendBeacon(`/many/${token}/stop`);
});

// Out of the browser's memory comes a page whose batch was stopped when it was left.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
