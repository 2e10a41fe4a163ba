// The three states, step by step. The comparison page is seen on the bare portal, in the jar of octroi's host: to look
// at it, or to press a button, never passes octroi and deletes nothing.
const states = document.getElementById("states");
const PROBES = ["", "/pages/accueil", "/explore/dataset/fr-en-annuaire-education", "/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education"];

// What the browser holds for this host: what scripts see, and what it sends to each tree of paths. `panel.js` reports it.
async function wholeJar() {
  const answers = await Promise.all(PROBES.map((path) => fetch(`${path}/__demo/jar`)));
  const sent = await Promise.all(answers.map((answer) => answer.json()));
  return [...new Set([...visibleCookies(), ...sent.flat()])];
}

function post(path) {
  return fetch(`/__demo/${path}`, { method: "POST" });
}

async function empty() {
  forgetChoice();
  await post("empty");
  await post("reset");
  await report();
}

async function fill() {
  await empty();
  location.href = "/__demo/fill";
}

async function accept() {
  await empty();
  recordChoice(() => true);
  location.href = `${states.dataset.octroi}/__demo/fill`;
}

// What was received until now was received with consent, or without octroi: the count begins with the refusal.
async function refuse() {
  recordChoice(() => false);
  await post("reset");
  await report();
}

const STEPS = { empty, fill, accept, refuse };

function tally(id, count, isBad) {
  const cell = document.getElementById(id);
  cell.textContent = count;
  cell.className = isBad ? "bad" : "good";
}

document.addEventListener("cookies-record", ({ detail: record }) => {
  const isBeside = record.here === "direct" && record.jar === "octroi";
  states.dataset.at = isBeside ? "beside" : "elsewhere";
  if (!isBeside) return;
  const trackers = new Set(record.cookies.filter((cookie) => !cookie.charter).map((cookie) => cookie.name));
  const known = (names) => names.filter((name) => trackers.has(name)).length;
  const { held, latest, received } = record.octroi;
  tally("tally-held", known(held), known(held));
  tally("tally-latest", known(latest), known(latest));
  tally("tally-received", known(Object.keys(received)), known(Object.keys(received)));
  document.getElementById("tally-choice").textContent = states.dataset[kindOfChoice()];
  const asked = record.parties.filter((party) => !party.necessary && record.octroi.asked[party.id]).length;
  tally("tally-asked", asked, asked);
});

states.addEventListener("click", ({ target }) => STEPS[target.dataset?.step]?.());
