// Old elements become what new HTML says, without losing focus or what is being typed.

// Set by scripts, never by the server.
const KEPT = new Set(["role", "aria-expanded", "aria-activedescendant", "aria-controls",
  "aria-autocomplete", "list", "aria-busy", "open"]);

const TYPED = "textarea, select, input:not([type=checkbox], [type=radio])";
let typing = null; // the field with the focus

/** What each field held when a request was sent: what the server changed is known by it. */
export function fieldStates(form) {
  return new Map([...form.elements].filter((field) => field.id).map((field) => [field.id, held(field)]));
}

/**
 * The children of an element become those of an HTML text.
 *
 * A field that someone is typing in is never written to, unless all is to be `afresh`.
 */
export function morphInto(element, html, sent, { afresh = false } = {}) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const held = document.activeElement;
  typing = !afresh && held?.matches(TYPED) ? held : null;
  children(element, template.content, sent);
  typing = null;
}

function held(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

function morph(old, next, sent) {
  if (old.hasAttribute("data-keep")) return;
  for (const { name } of [...old.attributes]) {
    if (!KEPT.has(name) && !next.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (name === "value" && old === typing) continue;
    if ((name === "open" || !KEPT.has(name)) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  // The text in a textarea is its first value alone; what it holds is told by its field.
  if (old.nodeName !== "TEXTAREA") children(old, next, sent);
  if ("form" in old && old.id && old.nodeName !== "BUTTON") field(old, next, sent);
}

function field(old, next, sent) {
  if (old === typing || !sent.has(old.id) || sent.get(old.id) === held(next)) return;
  if (old.type === "checkbox" || old.type === "radio") old.checked = next.checked;
  else old.value = next.value;
}

function children(old, next, sent) {
  const stays = new Set([...next.children].map((child) => child.id).filter(Boolean));
  let at = old.firstChild;
  for (const child of [...next.childNodes]) {
    const match = fitting(old, at, child);
    // What lies before it goes, for an element that is moved would lose the focus.
    while (match && at !== match && !stays.has(at.id)) at = removed(at);
    if (!match) old.insertBefore(child, at);
    else {
      if (match !== at) old.insertBefore(match, at);
      else at = at.nextSibling;
      if (child.nodeType === Node.ELEMENT_NODE) morph(match, child, sent);
      else if (match.data !== child.data) match.data = child.data;
    }
  }
  while (at) at = removed(at);
}

function removed(node) {
  const after = node.nextSibling;
  node.remove();
  return after;
}

// The old node that a new one replaces: of the same id, or the next of its kind without one.
function fitting(parent, at, child) {
  if (child.id) {
    for (let node = at; node; node = node.nextSibling) {
      if (node.id === child.id && node.nodeName === child.nodeName) return node;
    }
    return null;
  }
  const is_same = at && at.nodeType === child.nodeType && at.nodeName === child.nodeName && !at.id;
  return is_same ? at : null;
}
