// Beside an item of the portal: read aloud by the browser's own voice, print, share. Nothing leaves the machine; without
// script the row is not there, and the browser's own menu does the same.

import { translate } from "./tongue.js";

const row = document.querySelector("[data-reading]");

/** Browsers fall silent in the middle of a long utterance: one paragraph is one. */
function paragraphs() {
  const places = document.querySelectorAll("article h1, article .lead, article .prose :is(h2, h3, p, li, td, th, figcaption)");
  return Array.from(places, (it) => it.textContent.trim()).filter(Boolean);
}

function vietnamese() {
  return speechSynthesis.getVoices().find((it) => /^vi\b/i.test(it.lang));
}

function speak(button) {
  const done = () => say(button, false);
  const words = paragraphs();
  const voice = vietnamese();
  words.forEach((text, n) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = "vi-VN";
    if (voice) utterance.voice = voice;
    if (n === words.length - 1) utterance.onend = done;
    utterance.onerror = done;
    speechSynthesis.speak(utterance);
  });
  say(button, words.length > 0);
}

function say(button, speaks) {
  button.setAttribute("aria-pressed", String(speaks));
  button.lastChild.textContent = speaks ? translate("Dừng đọc") : translate("Nghe bài");
}

async function share(button) {
  const url = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
  await navigator.clipboard.writeText(url);
  button.lastChild.textContent = translate("Đã chép liên kết");
}

/** A voice that speaks another language would read Vietnamese as noise, so the button waits for a Vietnamese one. */
function offerVoice(button) {
  const offer = () => {
    button.hidden = !vietnamese();
  };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

if (row) {
  const [voice, print, send] = ["speak", "print", "share"].map((it) => row.querySelector(`[data-do="${it}"]`));
  if ("speechSynthesis" in window) offerVoice(voice);
  send.hidden = !navigator.share && !navigator.clipboard;
  row.toggleAttribute("data-on", true);
  voice.addEventListener("click", () => {
    if (!speechSynthesis.speaking) return speak(voice);
    speechSynthesis.cancel();
    say(voice, false);
  });
  print.addEventListener("click", () => window.print());
  send.addEventListener("click", () => share(send));
}
