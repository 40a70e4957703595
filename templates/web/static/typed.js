// What stands in the form.

// These change nothing of the handout.
const BESIDE = ["words", "was", "token", "width", "protocol", "protocol_name", "replace", "with_note", "whose",
  "earlier", "side_by", "fell", "no_flags", "linked", "kept", "follows"];
const PATIENT = ["patient", "born", "record", "next_visit", "note"];

/** The choices of a form as they are sent, to hold two states of it against each other. */
export function choices(form) {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of BESIDE) fields.delete(name);
  return fields.toString();
}

/** Whether something about a patient was typed. */
export function isPatient(form) {
  return PATIENT.some((name) => form.elements[name]?.value.trim());
}

/** Whether something stands there that would be missed: a patient, a tick, a dose of one's own. */
export function isFilled(form) {
  return isPatient(form)
    || !!form.querySelector("input[name=flags]:checked:not(:disabled), #carried [name=flags], #carried [name=held]")
    || [...form.querySelectorAll("input[type=number], #f-cleared_on")].some((field) => field.value);
}

/** A field that holds half a date or number: what stands there is not what would be sent. */
export function unfinished(form) {
  return [...form.elements].find((field) => field.validity?.badInput);
}

/** What a field is called on the page, with the group that it belongs to. */
export function nameOf(field) {
  const group = field.closest("[role=group][aria-label]")?.getAttribute("aria-label");
  return [group, field.labels[0].textContent].filter(Boolean).join(" – ");
}

/** Whether somebody was faster than the page's script: a field holds something else than it came with. */
export function isTouched(form) {
  return [...form.querySelectorAll("input, select, textarea")].some((field) => {
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
    return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
  });
}
