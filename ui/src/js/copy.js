// <button data-copy="#place" hidden> copies the text of a place; without script it stays hidden.

import { translate } from "./tongue.js";

export function watchCopies() {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    const place = button && document.querySelector(button.dataset.copy);
    if (!place) return;
    await navigator.clipboard.writeText(place.textContent.trim());
    button.lastChild.textContent = translate("Đã chép");
  });
}
