// Hears that something has changed while a page is open. Figures are brought up to date in place; a
// list of work is not moved under anybody's hand: it says that there is something new.

const FIGURES = '[data-live="figures"]';
const PAUSE = 3000;

/** Puts the present figures in place of the old ones, unless somebody is at work in them. */
async function refresh(said) {
  const old = document.querySelector(FIGURES);
  if (!old) return;
  const scroll = [...old.querySelectorAll(".tbl-box, .map-box")].map((it) => [it.scrollTop, it.scrollLeft]);
  const isBusy = () => old.contains(document.activeElement) || String(getSelection()).length > 0;
  if (isBusy()) return said();
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return said();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(FIGURES);
  if (!fresh || isBusy()) return said();
  old.replaceWith(document.adoptNode(fresh));
  fresh.querySelectorAll(".tbl-box, .map-box").forEach((it, n) => it.scrollTo(scroll[n]?.[1] ?? 0, scroll[n]?.[0] ?? 0));
  fresh.dispatchEvent(new CustomEvent("sauro:fresh", { bubbles: true }));
}

/** Listens as long as the page is looked at; a page in the background keeps no line open. */
export function watchLive() {
  const places = [...document.querySelectorAll("[data-live]")];
  if (places.length === 0 || !("EventSource" in window)) return;
  let at = places.map((it) => it.dataset.liveAt).find(Boolean) ?? "";
  let source = null;
  let last = 0;
  let waiting = 0;
  const say = (of) => document.querySelectorAll(`[data-live="${of}"]`).forEach((it) => (it.hidden = false));
  const bring = () => {
    waiting = 0;
    last = Date.now();
    refresh(() => say("scope"));
  };
  const hear = (event) => {
    at = event.lastEventId;
    const { mine, scope } = JSON.parse(event.data);
    if (mine) say("mine");
    if (!scope) return;
    if (!document.querySelector(FIGURES)) return say("scope");
    // The first at once, then not more often than one can read.
    waiting ||= setTimeout(bring, Math.max(0, last + PAUSE - Date.now()));
  };
  const shut = () => {
    source?.close();
    source = null;
  };
  const open = () => {
    if (document.hidden || source) return;
    source = new EventSource(at ? `/song?tu=${at}` : "/song");
    source.addEventListener("doi", hear);
    source.addEventListener("error", () => {
      // The browser tries again by itself, unless it was turned away.
      if (source?.readyState !== 2) return;
      shut();
      setTimeout(open, 60000);
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? shut() : open()));
  addEventListener("pagehide", shut);
  addEventListener("pageshow", open);
  open();
}
