// A link to a problem's field opens the parts that it is folded into, and leads to it.

document.addEventListener("click", (event) => {
  const link = event.target.closest('.summary a[href^="#f-"]');
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  (target.matches("input, select, textarea") ? target : target.querySelector("input:not(:disabled)") ?? target).focus();
});
