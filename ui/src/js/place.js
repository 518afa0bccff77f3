// The place of a case: chosen on a map or a list that comes only when it is asked for, or where this device is. A
// marker may say exactly where. Without this script the name of the place is typed.

import { inTongue, translate } from "./tongue.js";

const STEPS = 40;

export function watchPlace(form) {
  const box = form.querySelector("[data-picking]");
  if (!box) return;
  box.hidden = false;
  const part = (name) => box.querySelector(`[data-${name}]`);
  const [opener, picker, said, mark] = ["pick", "picker", "pick-said", "point"].map(part);
  const say = (words) => { said.textContent = words; };
  const point = form.elements["toa-do"];
  const setPoint = (value) => {
    point.value = value;
    mark.hidden = value === "";
  };
  const choose = (name) => {
    form.elements["noi-xay-ra"].value = name;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    say(translate("Đã chọn {}.", name.replace(/ \([^)]*\)$/, "")));
  };
  setPoint(point.value);
  part("point-drop").addEventListener("click", () => { setPoint(""); opener.focus(); });

  const show = async (address) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return say(translate("Chưa mở được bản đồ. Ghi tên xã, phường và tỉnh ở ô trên."));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#chon-noi");
    if (!fresh) return say(translate("Chưa mở được bản đồ. Ghi tên xã, phường và tỉnh ở ô trên."));
    picker.replaceChildren(document.adoptNode(fresh));
    picker.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    picker.querySelector("h2")?.focus();
  };
  const close = () => {
    picker.hidden = true;
    picker.replaceChildren();
    opener.setAttribute("aria-expanded", "false");
  };

  opener.addEventListener("click", (event) => {
    event.preventDefault();
    if (picker.hidden) show(opener.getAttribute("href"));
    else close();
  });
  picker.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.place === undefined) return void show(link.getAttribute("href"));
    if (point.value && form.elements["noi-xay-ra"].value === link.dataset.place) {
      // Chosen once more, the marker is where it should be.
      close();
      return void opener.focus();
    }
    choose(link.dataset.place);
    setPoint("");
    if (!markIn(link, setPoint)) {
      close();
      opener.focus();
    }
  });
  picker.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    opener.focus();
  });

  const locate = part("locate");
  if (!("geolocation" in navigator)) locate.hidden = true;
  locate.addEventListener("click", () => {
    say(translate("Đang tìm vị trí…"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => here(coords, { say, choose, setPoint, show }),
      () => say(translate("Máy không cho biết vị trí. Chọn trên bản đồ hoặc ghi tên xã, phường.")),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}

/** The commune in which the device is; of a place that only its province is known of, that province to choose from. */
async function here({ latitude, longitude }, { say, choose, setPoint, show }) {
  const body = new URLSearchParams({ lat: latitude.toFixed(5), long: longitude.toFixed(5) });
  const answer = await fetch("/phan-anh/vi-tri", { method: "POST", body }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (!answer?.ok) return say(told?.message ?? translate("Chưa tìm được xã, phường. Ghi tên nơi xảy ra."));
  setPoint(`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  choose(told.name);
  if (!told.is_commune) {
    await show(inTongue(told.province));
    say(translate("Máy ở tỉnh này. Chọn đúng xã, phường."));
  }
}

/** Lets the reader mark a spot within the commune they chose on the map; answers whether there is a map. */
function markIn(link, setPoint) {
  const sheet = link.closest("svg[data-sheet]");
  const shape = link.querySelector("path");
  if (!sheet || !shape) return false;
  const [lon, lat, right, down] = sheet.dataset.sheet.split(" ").map(Number);
  const around = shape.getBBox();
  const wide = Math.max(around.width, around.height);
  sheet.setAttribute("viewBox", `${around.x - wide / 8} ${around.y - wide / 8} ${around.width + wide / 4} ${around.height + wide / 4}`);
  sheet.querySelectorAll(".marker").forEach((it) => it.remove());
  const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  dot.setAttribute("class", "marker");
  dot.setAttribute("r", String(wide / 30));
  const hint = sheet.closest("#chon-noi").querySelector("[data-marker-hint]");
  hint.textContent = translate("Bấm vào chỗ xảy ra để đánh dấu, hoặc dùng phím mũi tên. Không bắt buộc.");
  hint.hidden = false;
  const put = (x, y) => {
    const spot = Object.assign(sheet.createSVGPoint(), { x, y });
    if (!shape.isPointInFill(spot)) return;
    dot.setAttribute("cx", String(x));
    dot.setAttribute("cy", String(y));
    if (!dot.isConnected) sheet.append(dot);
    setPoint(`${(lat + y * down).toFixed(5)}, ${(lon + x * right).toFixed(5)}`);
  };
  sheet.onclick = (event) => {
    if (event.target.closest("a") !== link || event.detail === 0) return;
    const spot = Object.assign(sheet.createSVGPoint(), { x: event.clientX, y: event.clientY });
    const on = spot.matrixTransform(sheet.getScreenCTM().inverse());
    event.preventDefault();
    event.stopPropagation();
    put(on.x, on.y);
  };
  link.onkeydown = (event) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    const at = (name, middle) => Number(dot.getAttribute(name) ?? middle);
    put(at("cx", around.x + around.width / 2) + (x * wide) / STEPS, at("cy", around.y + around.height / 2) + (y * wide) / STEPS);
  };
  link.focus();
  return true;
}
