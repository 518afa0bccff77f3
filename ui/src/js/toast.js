/** Shows `words` for a while, with up to two things to do: [label, action] pairs. */
export function toast(words, ...doings) {
  let place = document.querySelector(".toasts");
  if (!place) {
    place = document.createElement("div");
    place.className = "toasts no-print";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const box = document.createElement("div");
  box.className = "toast";
  const text = document.createElement("span");
  text.className = "fill";
  text.textContent = words;
  box.append(text);
  for (const [label, action] of doings) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      action();
      box.remove();
    });
    box.append(button);
  }
  place.append(box);
  if (doings.length === 0) setTimeout(() => box.remove(), 4000);
  return box;
}
