// The list of what was printed today: print again, correct, copy the summary, forget.

import { print } from "./deliver.js";
import { morphInto } from "./morph.js";
import { Failure, send } from "./server.js";
import { say } from "./tell.js";

const today = document.getElementById("today");
const here = () => document.getElementById("f-words").value;

/**
 * Follows the list's buttons; gives what puts the list anew in place of the old one.
 *
 * `mayClear` tells whether what stands in the form may go, `takeBack` takes an answer into it,
 * `tellPrinted` tells where a PDF went, `failed` that nobody answers; `done` follows a list that was
 * emptied.
 */
export function watchToday({ words, mayClear, takeBack, tellPrinted, failed, done }) {
  const put = (html) => morphInto(today, html, new Map());

  async function list() {
    try {
      const answer = await send("/today", new URLSearchParams({ words: here() }), { words });
      put((await answer.json()).today);
    } catch (error) {
      if (!(error instanceof Failure)) throw error; // the next answer brings it
    }
  }

  async function does(way, body, button) {
    if (way === "correct" && !await mayClear()) return;
    const answer = await send("/today", body, { words });
    if (answer.headers.get("content-type") === "application/pdf") {
      tellPrinted(await print(await answer.blob(), button.textContent));
      await list();
      return;
    }
    const told = await answer.json();
    put(told.today);
    if (told.form) takeBack(told);
    else done();
  }

  today.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    try {
      await does(event.submitter.value, body, event.submitter);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed(error);
    }
  });

  today.addEventListener("click", async (event) => {
    if (!event.target.matches(".copy")) return;
    const text = event.target.closest("li").querySelector("textarea");
    try {
      await navigator.clipboard.writeText(text.value);
      say(words.copied, true);
      event.target.textContent = words.copied;
    } catch {
      text.closest("details").open = true;
      text.select();
      say(words.not_copied, true);
    }
  });

  return list;
}
