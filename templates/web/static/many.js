// Many at once: the table is sent, its batch is watched, the result is fetched.

const POLL = 300; // milliseconds between two looks at a batch
const SPOKEN = 3000; // milliseconds between two words of progress to a screen reader
const by = (id) => document.getElementById(id);
const form = by("table"), input = by("f-table"), drop = by("drop"), said = by("said");
const headers = { Accept: "application/json" };
const words = form.elements.words.value;
let batch = "", kept = "", spoken = 0; // the batch at work, the one whose result is kept

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
  mistake(null);
});
input.addEventListener("change", () => mistake(null));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (batch) return;
  mistake(null);
  letGo();
  by("start").disabled = true;
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
  for (const name of ["result", "failed", "unused", "look"]) by(name).hidden = true;
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
  by("unused").hidden = !answer.unused.length;
  by("unused").textContent = `${by("unused").dataset.label} ${answer.unused.join("; ")}`;
  by("failed").hidden = !answer.failed.length;
  by("failed-rows").replaceChildren(...answer.failed.map((row) => {
    const line = document.createElement("tr");
    for (const text of [row.row, row.line, row.reason]) line.insertCell().textContent = text;
    return line;
  }));
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
