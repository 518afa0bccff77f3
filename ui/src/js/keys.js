// Only keys with a modifier, and Escape: single letters get in the way of dictation and readers. Those of
// lists of work can be turned off (lines.js).
export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(close);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest?.("form");
      if (form && event.target.matches("textarea")) form.requestSubmit();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const search = document.querySelector("form[role=search] input");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
}

function close(menu) {
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside) menu.querySelector("summary")?.focus();
}
