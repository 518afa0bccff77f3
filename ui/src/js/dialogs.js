// <a href="/…" data-open="id"> opens <dialog id="id">; without script the link leads to a page.
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    event.target.closest?.("[data-close]")?.closest("dialog")?.close();
  });
}
