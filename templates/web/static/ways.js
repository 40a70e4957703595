// The ways to a field that may be folded away.

/** Opens the parts that a field is folded into, and gives it the focus. */
export function leadTo(target) {
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  (target.matches("input, select, textarea") ? target : target.querySelector("input:not(:disabled)") ?? target).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('.summary a[href^="#f-"]');
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  leadTo(target);
});
