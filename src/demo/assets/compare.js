// The comparison: one group of lines a kind of cookie, one column for what the browser holds and one for what the portal
// received.
const comparison = document.getElementById("comparison");
const log = document.getElementById("log");
const [filter, onlyPresent] = ["filter", "only-present"].map((id) => document.getElementById(id));
const ENTRIES = ["direct", "octroi"];
const GROUPS = ["charter", "plain", "http-only", "deep", "domain", "secure", "script", "unknown"];
const MANY = 6;

function knownAndSeen(record) {
  const names = new Map(record.cookies.map((cookie) => [cookie.name, cookie]));
  for (const entry of ENTRIES) {
    for (const name of [...record[entry].held, ...Object.keys(record[entry].received)]) {
      if (!names.has(name)) names.set(name, { name, charter: false, kind: "unknown" });
    }
  }
  return [...names.values()].map((cookie) => seen(cookie, record));
}

// What was seen of a cookie: of each entry, whether the browser holds it, and how often the portal received it.
function seen({ name, charter, kind }, record) {
  const entries = ENTRIES.map((entry) => record[entry]);
  const held = entries.map((entry) => entry.held.includes(name) || entry.latest.includes(name));
  const received = entries.map((entry) => entry.received[name] ?? 0);
  return { name, charter, group: charter ? "charter" : kind, held, received };
}

function isShown(cookie) {
  const isPresent = cookie.held.some(Boolean) || cookie.received.some(Boolean);
  return cookie.name.toLowerCase().includes(filter.value.toLowerCase()) && (isPresent || !onlyPresent.checked);
}

function mark(cell, present, charter, text) {
  cell.className = present ? (charter ? "present charter" : "present tracker") : "absent";
  cell.textContent = text;
}

function line(cookie) {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = cookie.name;
  row.append(name);
  const { yes, no } = comparison.dataset;
  ENTRIES.forEach((_, index) => {
    const [held, received] = [cookie.held[index], cookie.received[index]];
    mark(row.insertCell(), held, cookie.charter, held ? yes : no);
    mark(row.insertCell(), received, cookie.charter, received ? `${yes} · ${received}` : no);
  });
  return row;
}

// A group begins with its title and its counts.
function group(title, cookies) {
  const body = document.createElement("tbody");
  const row = body.insertRow();
  row.className = "group";
  const name = document.createElement("th");
  name.scope = "rowgroup";
  name.textContent = `${title} (${cookies.length})`;
  row.append(name);
  ENTRIES.forEach((_, index) => {
    for (const list of ["held", "received"]) {
      const count = cookies.filter((cookie) => cookie[list][index]).length;
      mark(row.insertCell(), count, cookies[0].charter, count);
    }
  });
  body.append(...cookies.filter(isShown).map(line));
  return body;
}

function showCookies(cookies) {
  const groups = GROUPS.map((key) => [key, cookies.filter((cookie) => cookie.group === key)]);
  const title = (key) => comparison.dataset[key.replace(/-(.)/, (_, letter) => letter.toUpperCase())];
  for (const body of [...comparison.tBodies]) body.remove();
  comparison.append(...groups.filter(([, members]) => members.length).map(([key, members]) => group(title(key), members)));
}

// One line a third party: how often the pages of each entry asked it.
function showParties(record) {
  const table = document.getElementById("parties");
  const lines = record.parties.map(({ id, host, necessary }) => {
    const row = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = table.dataset[id];
    row.append(name);
    const code = document.createElement("code");
    code.textContent = host;
    row.insertCell().append(code);
    for (const entry of ENTRIES) {
      const count = record[entry].asked[id] ?? 0;
      mark(row.insertCell(), count, necessary, count || table.dataset.no);
    }
    return row;
  });
  table.tBodies[0].replaceChildren(...lines);
  for (const entry of ENTRIES) {
    const asked = record.parties.filter(({ id, necessary }) => !necessary && record[entry].asked[id]).length;
    document.getElementById(`${entry}-asked`).textContent = record[entry].requests ? asked : "–";
  }
}

function names(list) {
  const cell = document.createElement("td");
  const code = document.createElement("code");
  const rest = list.length - MANY;
  code.textContent = list.slice(0, MANY).join(" ") + (rest > 0 ? ` + ${rest}` : "") || "–";
  code.title = list.join(" ");
  cell.append(code);
  return cell;
}

function request(logged) {
  const row = document.createElement("tr");
  row.insertCell().textContent = log.dataset[logged.entry];
  row.className = logged.entry;
  row.insertCell().textContent = `${logged.method} ${logged.path} → ${logged.status}`;
  row.append(names(logged.received), names(logged.set));
  return row;
}

let cookies = [];

document.addEventListener("cookies-record", ({ detail: record }) => {
  cookies = knownAndSeen(record);
  showCookies(cookies);
  showParties(record);
  log.tBodies[0].replaceChildren(...record.log.filter((logged) => !logged.path.startsWith("/static/")).slice(-12).reverse().map(request));
  ENTRIES.forEach((entry, index) => {
    const trackers = cookies.filter((cookie) => !cookie.charter && cookie.received[index]).length;
    document.getElementById(`${entry}-score`).textContent = record[entry].requests ? trackers : "–";
  });
});

for (const input of [filter, onlyPresent]) input.addEventListener("input", () => showCookies(cookies));
document.getElementById("reset").addEventListener("click", () => fetch("/__demo/reset", { method: "POST" }));
