// Opendatasoft's own cookie: percent-encoded JSON with a date.
const codec = {
  cookie: "cookies_preferences",
  write: (choice) => encodeURIComponent(JSON.stringify({ functional_cookies: true, ...choice, timestamp: Date.now() })),
  read: (value) => JSON.parse(decodeURIComponent(value)),
};
