// The visitor's choice: in `cookies_preferences` for six months, as percent-encoded JSON.
const TRACKERS = ["ga", "matomo", "xiti", "at", "piano", "eulerian"];
const SIX_MONTHS = 182 * 86400;

function recordedChoice() {
  const pair = document.cookie.split("; ").find((pair) => pair.startsWith("cookies_preferences="));
  try {
    return JSON.parse(decodeURIComponent(pair.slice(pair.indexOf("=") + 1)));
  } catch {
    return null;
  }
}

function recordChoice(isGranted) {
  const choice = { functional_cookies: true };
  for (const tracker of TRACKERS) choice[tracker] = isGranted(tracker);
  choice.timestamp = Date.now();
  const value = encodeURIComponent(JSON.stringify(choice));
  document.cookie = `cookies_preferences=${value}; Path=/; Max-Age=${SIX_MONTHS}; SameSite=Lax`;
}

function forgetChoice() {
  document.cookie = "cookies_preferences=; Path=/; Max-Age=0";
}

// "none", "accepted", "refused" or "custom"
function kindOfChoice() {
  const choice = recordedChoice();
  if (!choice) return "none";
  const granted = TRACKERS.filter((tracker) => choice[tracker] === true).length;
  return granted === TRACKERS.length ? "accepted" : granted ? "custom" : "refused";
}
