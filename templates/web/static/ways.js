// The ways to a field that may be folded away, and how wide a page is seen.

/** Opens the parts that a field is folded into, and gives it the focus. */
export function leadTo(target) {
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  (target.matches("input, select, textarea") ? target : target.querySelector("input:not(:disabled)") ?? target).focus();
}

/** How many pixels wide a page's picture is to be beside an element of the preview. */
export function pictureWidth(element) {
  const { width } = element.getBoundingClientRect();
  return Math.round(Math.min(width, 820) * Math.min(window.devicePixelRatio || 1, 2));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('.summary a[href^="#f-"]');
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  leadTo(target);
});
