// Lines of work by keyboard: [data-lines] holds [data-line]s, each with one link to follow ([data-go]).
// Arrows work where the focus is in a line. Letters work anywhere outside a field, unless the reader
// turned them off (they get in the way of dictation).

import { translate } from "./tongue.js";

const OFF = "sauro-phim-chu";
const LAST = "sauro-dong";

export function watchLines() {
  const place = document.querySelector("[data-lines]");
  if (!place) return;
  offerSwitch();
  const came = comeBack(place);
  const now = place.querySelector("#vua, #con-lai");
  if (now && !document.getElementById("loi")) now.focus();
  else if (came) came.focus();
  place.addEventListener("click", (event) => remember(place, event.target));
  place.addEventListener("submit", () => remember(place, document.activeElement));
  document.addEventListener("keydown", (event) => press(place, event));
  watchTicks(place);
}

function press(place, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (target.closest?.("dialog, [contenteditable]")) return;
  if (target.matches?.("input:not([type=checkbox]), textarea, select")) return;
  const line = target.closest?.("[data-line]");
  const letters = localStorage.getItem(OFF) !== "1";
  let done = true;
  if ((letters && event.key === "j") || (line && event.key === "ArrowDown")) move(place, line, 1);
  else if ((letters && event.key === "k") || (line && event.key === "ArrowUp")) move(place, line, -1);
  else if (letters && event.key === "x" && line) tick(line);
  else if (letters && event.key === "o" && line) line.querySelector("[data-go]")?.click();
  else if (letters && event.key === "?") help();
  else done = false;
  if (done) event.preventDefault();
}

function linesOf(place) {
  return [...place.querySelectorAll("[data-line]")];
}

function move(place, line, by) {
  const lines = linesOf(place);
  const at = line ? lines.indexOf(line) + by : Number(place.dataset.at ?? 0);
  const next = lines[Math.min(Math.max(at, 0), lines.length - 1)];
  next?.querySelector("[data-go]")?.focus();
}

function tick(line) {
  const boxes = [...line.querySelectorAll("input[type=checkbox]")];
  const on = !boxes.every((it) => it.checked);
  for (const box of boxes) box.checked = on;
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

function help() {
  const keys = document.getElementById("phim-tat");
  if (!keys) return;
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
}

// The line one left by, or the one that took its place, gets the focus when one comes back.
function remember(place, from) {
  const line = from?.closest?.("[data-line]");
  if (!line) return;
  const kept = { path: location.pathname, key: line.dataset.line, at: linesOf(place).indexOf(line) };
  sessionStorage.setItem(LAST, JSON.stringify(kept));
}

function comeBack(place) {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(LAST));
  } catch {
    return null;
  }
  if (kept?.path !== location.pathname) return null;
  sessionStorage.removeItem(LAST);
  const lines = linesOf(place);
  const line = lines.find((it) => it.dataset.line === kept.key) ?? lines[Math.min(kept.at, lines.length - 1)];
  place.dataset.at = String(Math.max(lines.indexOf(line), 0));
  return line?.querySelector("[data-go]");
}

function offerSwitch() {
  const label = document.querySelector("[data-letters]");
  if (!label) return;
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = localStorage.getItem(OFF) !== "1";
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
}

// A button ticks the group it stands in ([data-ticks]), or the whole page.
function watchTicks(place) {
  const boxes = [...place.querySelectorAll("input[type=checkbox][name=chon]")];
  if (boxes.length === 0) return;
  const buttons = [...place.querySelectorAll("[data-tick-all]")];
  const of = (button) => boxes.filter((it) => (button.closest("[data-ticks]") ?? place).contains(it));
  const tell = () => {
    const n = boxes.filter((it) => it.checked).length;
    place.querySelector("[data-n-ticked]").textContent = n > 0 ? `(${n})` : "";
    for (const it of buttons) {
      const words = it.dataset.tickAll || translate("cả trang");
      it.textContent = of(it).every((box) => box.checked) ? translate("Bỏ chọn {}", words) : translate("Chọn {}", words);
    }
  };
  for (const it of buttons) {
    it.hidden = false;
    it.addEventListener("click", () => {
      const on = of(it).some((box) => !box.checked);
      for (const box of of(it)) box.checked = on;
      tell();
    });
  }
  place.addEventListener("change", tell);
  tell();
}
