// The visitor's choice, for six months in the cookie of the banner that is shown; `codec` (banners/*.js) writes and reads it.
const TRACKERS = ["ga", "matomo", "xiti", "at", "piano", "eulerian", "video", "social"];
const SIX_MONTHS = 182 * 86400;

function recordedChoice() {
  const pair = document.cookie.split("; ").find((pair) => pair.startsWith(`${codec.cookie}=`));
  try {
    return codec.read(pair.slice(pair.indexOf("=") + 1));
  } catch {
    return null;
  }
}

function recordChoice(isGranted) {
  const value = codec.write(Object.fromEntries(TRACKERS.map((tracker) => [tracker, isGranted(tracker)])));
  document.cookie = `${codec.cookie}=${value}; Path=/; Max-Age=${SIX_MONTHS}; SameSite=Lax`;
}

function forgetChoice() {
  document.cookie = `${codec.cookie}=; Path=/; Max-Age=0`;
}

// "none", "accepted", "refused" or "custom"
function kindOfChoice() {
  const choice = recordedChoice();
  if (!choice) return "none";
  const granted = TRACKERS.filter((tracker) => choice[tracker] === true).length;
  return granted === TRACKERS.length ? "accepted" : granted ? "custom" : "refused";
}
