
"use strict";
// All of the page is there without it: it refreshes what is shown, and copies.
(() => {
  const every = 10_000;
  const [live, pause, news] = ["live", "pause", "news"].map((id) => document.getElementById(id));
  if (!live) return;

  const offerCopies = () => live.querySelectorAll(".copy").forEach((button) => { button.hidden = false; });
  const openState = () => new Map([...live.querySelectorAll("details")].map((part) => [part.id, part.open]));
  // Whoever reads with the keyboard or has marked something is not interrupted.
  const isInUse = () => live.contains(document.activeElement) || !getSelection().isCollapsed;
  const isPaused = () => pause.getAttribute("aria-pressed") === "true";

  async function refresh() {
    if (isPaused() || document.hidden || isInUse()) return;
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (!next || isInUse()) return;
    const open = openState();
    live.replaceChildren(...document.importNode(next, true).childNodes);
    live.querySelectorAll("details").forEach((part) => { part.open = open.get(part.id) ?? part.open; });
    offerCopies();
    if (news.textContent === news.dataset.failed) news.textContent = "";
  }

  async function copy(button) {
    const entry = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(entry.textContent);
      news.textContent = news.dataset.copied;
    } catch {
      // Browsers lend the clipboard to secure contexts alone.
      getSelection().selectAllChildren(entry);
      news.textContent = news.dataset.selected;
    }
  }

  pause.hidden = false;
  pause.addEventListener("click", () => pause.setAttribute("aria-pressed", String(!isPaused())));
  live.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) copy(button);
  });
  offerCopies();
  setInterval(() => refresh().catch(() => { news.textContent = news.dataset.failed; }), every);
})();
