// The consent banner: shows itself while no choice is recorded, and records the choice in `cookies_preferences` for six
// months, as percent-encoded JSON.
const TRACKERS = ["ga", "matomo", "xiti", "at", "piano", "eulerian"];
const SIX_MONTHS = 182 * 86400;
const banner = document.getElementById("cookie-banner");
const choices = document.getElementById("cookie-choices");

function recordedChoice() {
  const pair = document.cookie.split("; ").find((pair) => pair.startsWith("cookies_preferences="));
  try {
    return JSON.parse(decodeURIComponent(pair.slice(pair.indexOf("=") + 1)));
  } catch {
    return null;
  }
}

function record(isGranted) {
  const choice = { functional_cookies: true };
  for (const tracker of TRACKERS) choice[tracker] = isGranted(tracker);
  choice.timestamp = Date.now();
  const value = encodeURIComponent(JSON.stringify(choice));
  document.cookie = `cookies_preferences=${value}; Path=/; Max-Age=${SIX_MONTHS}; SameSite=Lax`;
  location.reload();
}

function showChoices() {
  const choice = recordedChoice() ?? {};
  for (const tracker of TRACKERS) choices.elements[tracker].checked = choice[tracker] === true;
  choices.hidden = !choices.hidden;
  banner.querySelector("[data-choice=customise]").setAttribute("aria-expanded", String(!choices.hidden));
}

banner.addEventListener("click", (event) => {
  switch (event.target.dataset?.choice) {
    case "accept": return record(() => true);
    case "refuse": return record(() => false);
    case "save": return record((tracker) => choices.elements[tracker].checked);
    case "customise": return showChoices();
  }
});

document.getElementById("manage-cookies").addEventListener("click", () => {
  banner.hidden = false;
  banner.querySelector("[data-choice=accept]").focus();
});

banner.hidden = recordedChoice() !== null;
