import htmx from "htmx.org";

// Extensions look for the global.
window.htmx = htmx;
