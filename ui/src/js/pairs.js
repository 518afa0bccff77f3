// Two places that mean the same carry the same data-pair: the sentence and the draft it becomes.
// Pointing at one, or moving the focus into it, marks the other.
export function watchPairs() {
  for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(on, (event) => point(event, true));
    document.addEventListener(off, (event) => point(event, false));
  }
}

function point(event, is) {
  const place = event.target.closest?.("[data-pair]");
  if (!place) return;
  const names = place.dataset.pair.split(" ");
  document.querySelectorAll("[data-pair]").forEach((other) => {
    if (other === place) return;
    const same = other.dataset.pair.split(" ").some((name) => names.includes(name));
    if (same) other.classList.toggle("pick", is);
  });
}
