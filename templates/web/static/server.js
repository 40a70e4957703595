// Asks the program on this machine, and tells apart why there is no answer.

/**
 * Why a request came to nothing: `text` says it; `isStopped` where the program does not run,
 * `isRestarted` where it does and does not know this browser yet.
 */
export class Failure extends Error {
  constructor(text, { isStopped = false, isRestarted = false } = {}) {
    super(text);
    Object.assign(this, { text, isStopped, isRestarted });
  }
}

/** The answer to a form; one with status 422 tells problems of the form itself. */
export async function send(path, body, { signal, words }) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", body, signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(words.stopped, { isStopped: true });
  }
  if (answer.ok || answer.status === 422) return answer;
  // The page itself was let in once, so its key is that of an earlier start.
  if (answer.status === 403) throw new Failure(words.restarted, { isRestarted: true });
  throw new Failure(await reason(answer) || words.refused);
}

async function reason(answer) {
  try {
    const { problems: [{ text, cure }] } = await answer.json();
    return `${text} ${cure}`;
  } catch {
    return ""; // not one of our own refusals
  }
}

const WATCH = 5000; // milliseconds between two looks at whether the program still runs

/**
 * Calls `stopped` with a Failure when the program no longer answers, while the page is seen: as
 * soon as somebody comes back to it, and every few seconds.
 */
export function watch(words, stopped) {
  async function look() {
    if (document.hidden) return;
    try {
      await fetch("/static/icon.svg", { method: "HEAD", cache: "no-store" });
    } catch {
      stopped(new Failure(words.stopped, { isStopped: true }));
    }
  }

  setInterval(look, WATCH);
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
}
