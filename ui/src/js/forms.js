// One press sends once; a refused form takes the reader to what is wrong.
export function watchForms() {
  document.getElementById("loi")?.focus();
  document.addEventListener("htmx:after:swap", () => document.getElementById("loi")?.focus());
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.method === "dialog") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Coming back with the Back button must not find the form locked.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((form) => {
      delete form.dataset.sending;
      form.querySelectorAll("[aria-busy]").forEach((it) => it.removeAttribute("aria-busy"));
    });
  });
}
