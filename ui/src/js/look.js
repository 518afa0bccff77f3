// <button data-look="theme:dark"> and the like. The choice is a cookie, so the server draws it at once.
const YEAR_S = 31536000;

export function watchLook() {
  mark();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-look]");
    if (!button) return;
    const [name, value] = button.dataset.look.split(":");
    if (name !== "theme" && name !== "density") return;
    const root = document.documentElement;
    if (value) root.setAttribute(`data-${name}`, value);
    else root.removeAttribute(`data-${name}`);
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `sauro-${name}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? YEAR_S : 0}${secure}`;
    mark();
  });
}

function mark() {
  document.querySelectorAll("[data-look]").forEach((button) => {
    const [name, value] = button.dataset.look.split(":");
    const now = document.documentElement.getAttribute(`data-${name}`) ?? "";
    button.hidden = false;
    button.setAttribute("aria-pressed", String(now === value));
  });
}
