// The field of the search page: offers titles while somebody types, as a combobox (WAI-ARIA 1.2), and is focused
// by the key "/". Without this script the form works too.

import { inTongue, translate } from "./tongue.js";

const WAIT_MS = 150;

const form = document.querySelector("form[data-find]");
if (form) {
  offer(form, form.querySelector("input[name=q]"), document.getElementById("goi-y"));
}

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("form[data-find] input[name=q]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

function offer(form, field, list) {
  const says = form.querySelector("[data-says]");
  const kept = new Map();
  let at = -1;
  let timer;
  let asked = "";

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  const options = () => [...list.children];
  const close = () => {
    at = -1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (n) => {
    const all = options();
    at = all.length === 0 ? -1 : (n + all.length) % all.length;
    all.forEach((it, nth) => it.setAttribute("aria-selected", String(nth === at)));
    if (at < 0) return;
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(...found.map(option));
    if (found.length === 0) {
      close();
      says.textContent = "";
      return;
    }
    at = -1;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
    says.textContent = translate("{} gợi ý, dùng mũi tên lên xuống để chọn", found.length);
  };
  const look = async () => {
    const typed = field.value.trim();
    asked = typed;
    if (typed.length < 2) return show([]);
    if (!kept.has(typed)) {
      const answer = await fetch(inTongue(`/tim-kiem/goi-y?q=${encodeURIComponent(typed)}`)).catch(() => null);
      const found = answer?.ok ? await answer.json().catch(() => []) : [];
      kept.set(typed, found);
    }
    // Whoever types on has asked for something else meanwhile.
    if (typed === asked && document.activeElement === field) show(kept.get(typed));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  field.addEventListener("blur", () => {
    asked = "";
    close();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen) return void look();
      event.preventDefault();
      if (event.key === "ArrowDown") mark(at + 1);
      else mark(at < 0 ? -1 : at - 1);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && isOpen && at >= 0) {
      event.preventDefault();
      location.assign(options()[at].dataset.address);
    }
  });
  // Before the field loses the focus.
  list.addEventListener("pointerdown", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (!chosen) return;
    event.preventDefault();
    location.assign(chosen.dataset.address);
  });
}

function option({ kind, title, address }, n) {
  const line = document.createElement("li");
  line.id = `goi-y-${n}`;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.dataset.address = address.startsWith("/") ? inTongue(address) : address;
  const name = document.createElement("span");
  name.textContent = title;
  const of = document.createElement("small");
  of.textContent = kind;
  line.append(name, of);
  return line;
}
