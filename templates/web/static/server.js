// Asks the program on this machine, and tells apart why there is no answer.

/** Why a request came to nothing: `isStopped` where the program does not run, `text` what it said. */
export class Failure extends Error {
  constructor(text, { isStopped = false } = {}) {
    super(text);
    Object.assign(this, { text, isStopped });
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
