// The portal's trackers: written on every page, whatever the visitor chose. A banner cannot prevent that either.
const DAY = 86400;

function track(name, value, lifetime) {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${lifetime}; SameSite=Lax`;
}

track("_pk_id.1.1fff", `0f5a8c2d71e3b496.${Math.floor(Date.now() / 1000)}.`, 393 * DAY);
track("_pk_ses.1.1fff", "1", 1800);
track("_pk_ref.1.1fff", encodeURIComponent(JSON.stringify(["", "", 1764000000, "https://example.org/"])), 182 * DAY);
track("_ga_EDU2026DEMO", `GS2.1.s${Math.floor(Date.now() / 1000)}$o1$g0$t0$j60$l0$h0`, 400 * DAY);
