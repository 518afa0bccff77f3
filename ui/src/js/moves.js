// A tile that is dragged onto another takes its place; what the buttons "Lên trước" and "Ra sau" do step
// by step goes at once, through the same form of the same tile.
export function watchMoves() {
  const board = document.querySelector("[data-moves]");
  if (!board) return;
  let held = null;
  const cardOf = (event) => event.target.closest?.("[data-moves] > form");
  const aim = (card) => {
    board.querySelectorAll(".aim").forEach((it) => it.classList.toggle("aim", it === card));
    if (card && card !== held) card.classList.add("aim");
  };
  for (const card of board.children) card.draggable = true;
  document.querySelector("[data-moves-hint]")?.removeAttribute("hidden");
  board.addEventListener("dragstart", (event) => {
    held = cardOf(event);
    if (!held || event.target !== held) {
      held = null;
      return;
    }
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.id);
    held.classList.add("held");
  });
  board.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    aim(cardOf(event));
  });
  board.addEventListener("dragend", () => {
    held?.classList.remove("held");
    aim(null);
    held = null;
  });
  board.addEventListener("drop", (event) => {
    const card = cardOf(event);
    if (!held || !card || card === held) return;
    event.preventDefault();
    send(held, [...board.children].indexOf(card) + 1);
  });
}

function send(form, place) {
  for (const [name, value] of [["viec", "dat"], ["den", place]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.requestSubmit();
}
