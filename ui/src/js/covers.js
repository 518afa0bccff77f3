// Parts of a picture to be covered are drawn with the pointer; what is drawn stands in the fields beside it,
// and what is typed there is drawn.
const SIDES = ["trai", "tren", "rong", "cao"];

export function watchCovers() {
  const place = document.querySelector("[data-covers]");
  if (!place) return;
  const picture = place.querySelector("img");
  const form = place.closest("form");
  const rows = () => [...form.querySelectorAll("[data-cover]")];
  picture.src = picture.dataset.plain;
  document.querySelector("[data-covers-hint]")?.removeAttribute("hidden");
  form.querySelectorAll("[data-cover-drop]").forEach((it) => it.removeAttribute("hidden"));
  const draw = () => {
    place.querySelectorAll("i").forEach((it) => it.remove());
    for (const row of rows()) {
      const box = boxOf(row);
      if (box) place.append(mark(box, row.querySelector("select").value));
    }
  };
  form.addEventListener("input", draw);
  form.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-cover-drop]");
    if (!drop) return;
    fill(drop.closest("[data-cover]"), null);
    draw();
  });
  let from = null;
  let shadow = null;
  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    place.setPointerCapture(event.pointerId);
    from = pointOf(event, place);
    shadow = mark({ trai: from.x, tren: from.y, rong: 0, cao: 0 }, "d");
    place.append(shadow);
  });
  place.addEventListener("pointermove", (event) => {
    if (from) lay(shadow, between(from, pointOf(event, place)));
  });
  const stop = (event) => {
    if (!from) return;
    const box = between(from, pointOf(event, place));
    from = null;
    shadow.remove();
    const free = rows().find((row) => !boxOf(row));
    if (event.type === "pointerup" && free && box.rong >= 1 && box.cao >= 1) fill(free, box);
    draw();
  };
  place.addEventListener("pointerup", stop);
  place.addEventListener("pointercancel", stop);
  draw();
}

function pointOf(event, place) {
  const at = place.getBoundingClientRect();
  const part = (n, whole) => Math.min(100, Math.max(0, (n / whole) * 100));
  return { x: part(event.clientX - at.left, at.width), y: part(event.clientY - at.top, at.height) };
}

function between(a, b) {
  return {
    trai: Math.min(a.x, b.x),
    tren: Math.min(a.y, b.y),
    rong: Math.abs(a.x - b.x),
    cao: Math.abs(a.y - b.y),
  };
}

function boxOf(row) {
  const box = {};
  for (const side of SIDES) {
    const typed = row.querySelector(`[name=${side}]`).value.trim().replace(",", ".");
    box[side] = Number(typed);
    if (typed === "" || !Number.isFinite(box[side])) return null;
  }
  return box;
}

// Rounded to a tenth, outwards, and never over an edge.
function fill(row, box) {
  const down = (n) => Math.floor(n * 10) / 10;
  const up = (n, from) => Math.min(Math.ceil(n * 10) / 10, Math.round((100 - down(from)) * 10) / 10);
  const told = box && {
    trai: down(box.trai),
    tren: down(box.tren),
    rong: up(box.rong, box.trai),
    cao: up(box.cao, box.tren),
  };
  for (const side of SIDES) row.querySelector(`[name=${side}]`).value = told ? told[side].toFixed(1) : "";
}

function mark(box, kind) {
  const it = document.createElement("i");
  it.dataset.kind = kind;
  lay(it, box);
  return it;
}

function lay(it, box) {
  it.style.insetInlineStart = `${box.trai}%`;
  it.style.insetBlockStart = `${box.tren}%`;
  it.style.inlineSize = `${box.rong}%`;
  it.style.blockSize = `${box.cao}%`;
}
