import { toast } from "./toast.js";
import { translate } from "./tongue.js";

// <form data-autosave="ten"> keeps what was typed on this machine until it is sent.
// A draft is offered, never put in by itself: the server's text may be newer.
const PREFIX = "sauro-nhap:";
const WAIT_MS = 600;

export function watchDrafts() {
  document.querySelectorAll("form[data-autosave]").forEach(watch);
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[action='/dang-xuat']")) forgetAll();
  });
}

function watch(form) {
  const key = PREFIX + (document.body.dataset.who || "") + ":" + form.dataset.autosave;
  const refused = document.getElementById("loi") !== null;
  const kept = read(key);
  if (kept?.sent && !refused) localStorage.removeItem(key);
  else if (kept && !refused && differs(form, kept.fields)) offer(form, key, kept);

  let timer;
  let told = false;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      write(key, { at: Date.now(), fields: fieldsOf(form) });
      if (!told) toast(translate("Đã lưu nháp trên máy lúc {}", clock(Date.now())));
      told = true;
    }, WAIT_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(key, { at: Date.now(), fields: fieldsOf(form), sent: true });
  });
}

function offer(form, key, kept) {
  toast(
    translate("Có bản nháp chưa gửi lúc {}", clock(kept.at)),
    [translate("Dùng bản nháp"), () => fill(form, kept.fields)],
    [translate("Bỏ"), () => localStorage.removeItem(key)],
  );
}

function keeps(field) {
  return field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);
}

function fieldsOf(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) (fields[field.name] ??= []).push(field.value);
    } else {
      (fields[field.name] ??= []).push(field.value);
    }
  }
  return fields;
}

function differs(form, fields) {
  return JSON.stringify(fieldsOf(form)) !== JSON.stringify(fields);
}

function fill(form, fields) {
  const left = structuredClone(fields);
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    const values = left[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length > 0) field.value = values.shift();
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function forgetAll() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}

function clock(at) {
  return new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit" }).format(at);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full or forbidden: the page goes on without drafts.
  }
}
