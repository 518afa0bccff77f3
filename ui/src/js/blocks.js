import { toast } from "./toast.js";
import { translate } from "./tongue.js";

// The block editor of the portal works by its buttons alone. With a script it keeps what is typed on the server every
// five seconds, moves blocks by keys, and cleans what is pasted.
const EVERY_MS = 5000;

// Others see who has the item open while this is said; two minutes of silence and it is free.
const HERE_MS = 30000;

export function watchBlocks() {
  const form = document.querySelector("form[data-blocks]");
  if (!form || form.querySelector("fieldset[disabled]")) return;
  document.querySelector("[data-blocks-hint]")?.removeAttribute("hidden");
  const said = form.querySelector("[data-blocks-said]");
  let kept = words(form);
  let sending = false;
  let leaving = false;

  const keep = async () => {
    const now = words(form);
    if (now === kept || sending || leaving) return;
    sending = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(form, "nhap"), redirect: "manual" });
      if (answer.ok) {
        kept = now;
        if (said) said.textContent = translate("Đã lưu nháp lúc {}", clock());
      } else if (said) {
        said.textContent = translate("Chưa lưu được nháp, sẽ thử lại.");
      }
    } catch {
      if (said) said.textContent = translate("Mất mạng, bản nháp còn trên trang này.");
    }
    sending = false;
  };
  setInterval(keep, EVERY_MS);

  const here = async () => {
    if (leaving || document.hidden) return;
    const data = new FormData();
    data.set("viec", "giu");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (answer.status === 409 && said) said.textContent = await answer.text();
    } catch {
      // Without a net nothing can be said; what is typed says so itself.
    }
  };
  here();
  setInterval(here, HERE_MS);

  form.addEventListener("submit", () => (leaving = true));
  form.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const block = event.target.closest?.("[data-block]");
    if (!block) return;
    event.preventDefault();
    move(block, event.key === "ArrowUp");
    event.target.focus();
  });
  form.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    const block = event.target.closest?.("[data-block]");
    if (!html || !block || !event.target.matches("[data-words]") || !hasBlocks(html)) return;
    event.preventDefault();
    const n = 1 + [...form.querySelectorAll("[data-block]")].indexOf(block);
    form.querySelector("[name=dan]").value = html;
    toast(translate("Đang chuyển nội dung dán thành khối"));
    send(form, `dan.${n}`);
  });
}

/** Whether what is pasted is more than a run of words. */
function hasBlocks(html) {
  return /<(p|h[1-6]|ul|ol|table|li)[\s>]/i.test(html);
}

function move(block, up) {
  const other = up ? block.previousElementSibling : block.nextElementSibling;
  if (!other) return;
  if (up) other.before(block);
  else other.after(block);
}

/** The form as a button with `value` would send it, without its files. */
function body(form, value) {
  const data = new FormData(form);
  data.delete("tep");
  data.set("viec", value);
  return data;
}

function send(form, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "viec";
  field.value = value;
  form.prepend(field);
  form.requestSubmit();
}

function words(form) {
  return JSON.stringify([...body(form, "")]);
}

function clock() {
  return new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(Date.now());
}
