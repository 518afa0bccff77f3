// Messages on this device: shown only where the browser can. The subjects are those ticked in the form; the browser
// itself asks whether it may. Without this script news comes by mail.

import { translate } from "./tongue.js";

const box = document.querySelector("[data-push]");
if (box && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) start(box);

async function start(box) {
  const part = (name) => box.querySelector(`[data-push-${name}]`);
  const [on, off, said] = ["on", "off", "said"].map(part);
  const say = (words, link) => {
    said.textContent = words;
    if (!link) return;
    const way = Object.assign(document.createElement("a"), { href: link, textContent: translate("Đổi mục hoặc thôi nhận") });
    said.append(" ", way, ".");
  };
  const known = async () => (await navigator.serviceWorker.getRegistration("/theo-doi-tin"))?.pushManager.getSubscription();
  const show = async () => {
    const is = Boolean(await known());
    off.hidden = !is;
    if (is) on.lastChild.textContent = translate("Ghi mục đã chọn cho máy này");
  };
  on.addEventListener("click", async () => {
    on.disabled = true;
    await begin(box, say).catch(() => say(translate("Trình duyệt chưa nhận được thông báo. Kiểm tra quyền thông báo của trang rồi làm lại.")));
    on.disabled = false;
    await show();
  });
  off.addEventListener("click", async () => {
    const had = await known();
    if (had) {
      await fetch("/theo-doi-tin/may-nay/thoi", { method: "POST", body: new URLSearchParams({ endpoint: had.endpoint }) });
      await had.unsubscribe();
    }
    location.reload();
  });
  await show();
  box.hidden = false;
}

async function begin(box, say) {
  const chosen = [...document.querySelectorAll("#nhan-tin input[name=muc]:checked")].map((it) => it.value);
  if (chosen.length === 0) return say(translate("Chọn ít nhất một mục ở trên."));
  if ((await Notification.requestPermission()) !== "granted") {
    return say(translate("Trình duyệt chưa cho trang này hiện thông báo. Mở quyền thông báo rồi bấm lại."));
  }
  say(translate("Đang đăng ký…"));
  const { endpoint, keys } = (await subscribed(box.dataset.push)).toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  for (const subject of chosen) body.append("muc", subject);
  const answer = await fetch("/theo-doi-tin/may-nay", { method: "POST", body });
  const told = await answer.json().catch(() => ({}));
  say(answer.ok ? translate("Máy này sẽ nhận thông báo.") : told.message ?? translate("Chưa đăng ký được. Làm lại sau ít phút."), told.own);
}

async function subscribed(key) {
  await navigator.serviceWorker.register("/sw.js", { scope: "/theo-doi-tin" });
  const { pushManager } = await active();
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    // It was subscribed with a key that this server has no more.
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/** The registration, once its worker runs. */
async function active() {
  const registration = await navigator.serviceWorker.getRegistration("/theo-doi-tin");
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state !== "activated") {
    await new Promise((go) => worker.addEventListener("statechange", () => worker.state === "activated" && go()));
  }
  return registration;
}

function bytes(base64) {
  const plain = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (it) => it.charCodeAt(0));
}
