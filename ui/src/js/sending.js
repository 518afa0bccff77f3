// The form of petitions on a weak line: what was typed stays on this machine until it is sent, answered cases
// like it show up while typing, photos are made smaller, and what could not be sent goes by itself once the
// line is back, under the same key, so that it is never there twice. Without this script everything works too.

import { inTongue, translate } from "./tongue.js";

import { watchPlace } from "./place.js";

const KEPT = "sauro-phan-anh";
const WAIT_MS = 700;
const RETRY_MS = 15_000;
const WIDEST = 2000;
const SMALL_ENOUGH = 700_000;

const form = document.querySelector("form[data-sending]");
if (form) {
  const says = form.querySelector("[data-draft]");
  const say = (words) => { if (says) says.textContent = words; };
  keepDraft(form, say);
  showSimilar(form);
  watchPlace(form);
  sendByItself(form, say);
}

/** The fields that are kept, and never what names the sender: others may use this machine. */
function fieldsOf(form) {
  const names = ["tom-tat", "noi-dung", "noi-xay-ra", "linh-vuc"];
  return Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""]));
}

function keepDraft(form, say) {
  const refused = document.getElementById("loi") !== null;
  const kept = read();
  if (kept && !refused && !form.elements["tom-tat"].value && !form.elements["noi-dung"].value) {
    for (const [name, value] of Object.entries(kept)) {
      if (form.elements[name] && value) form.elements[name].value = value;
    }
    say(translate("Đã điền lại bản nháp lưu trên máy này."));
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        localStorage.setItem(KEPT, JSON.stringify(fieldsOf(form)));
        say(translate("Đã lưu nháp trên máy này."));
      } catch { /* A full or closed store costs the draft, not the form. */ }
    }, WAIT_MS);
  });
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

function showSimilar(form) {
  const place = document.getElementById("giong");
  let timer;
  let asked = "";
  const look = async () => {
    const text = `${form.elements["tom-tat"].value} ${form.elements["noi-dung"].value}`.trim().slice(0, 1500);
    if (text.length < 12 || text === asked) return;
    asked = text;
    const answer = await fetch(inTongue(`/phan-anh/tuong-tu?noi-dung=${encodeURIComponent(text)}`)).catch(() => null);
    // Our own server wrote it, and escaped what people wrote.
    if (answer?.ok && text === asked) place.innerHTML = await answer.text();
  };
  for (const name of ["tom-tat", "noi-dung"]) {
    form.elements[name].addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT_MS);
    });
  }
}

function sendByItself(form, say) {
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name !== "gui") return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    say(translate("Đang gửi…"));
    const body = await smaller(new FormData(form, event.submitter));
    await send(form, body, say);
    isSending = false;
  });
}

async function send(form, body, say) {
  for (;;) {
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (answer?.redirected) {
      localStorage.removeItem(KEPT);
      location.assign(answer.url);
      return;
    }
    if (answer && answer.status < 500) {
      // Something is to be mended: the page that says so comes the plain way. Nothing has changed yet.
      form.submit();
      return;
    }
    say(translate("Chưa có mạng. Giữ trang này mở, phản ánh sẽ tự gửi khi có mạng trở lại."));
    await line();
  }
}

/** Until the line is back, or some seconds have gone by. */
function line() {
  return new Promise((go) => {
    addEventListener("online", go, { once: true });
    setTimeout(go, RETRY_MS);
  });
}

/** The same form with its photos made smaller; one that cannot be read goes as it is. */
async function smaller(form) {
  const files = form.getAll("tep");
  form.delete("tep");
  for (const file of files) {
    form.append("tep", await shrunk(file), file.name);
  }
  return form;
}

async function shrunk(file) {
  if (file.type !== "image/jpeg" || file.size <= SMALL_ENOUGH) return file;
  try {
    const photo = await createImageBitmap(file);
    const scale = Math.min(1, WIDEST / Math.max(photo.width, photo.height));
    const canvas = new OffscreenCanvas(Math.round(photo.width * scale), Math.round(photo.height * scale));
    canvas.getContext("2d").drawImage(photo, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return blob.size < file.size ? blob : file;
  } catch {
    return file;
  }
}
