// The comparison page: one line a cookie, one column for what the browser holds and one for what the portal received.
const comparison = document.getElementById("comparison");
const log = document.getElementById("log");
const ENTRIES = ["direct", "octroi"];

function knownAndSeen(record) {
  const names = new Map(record.cookies.map((cookie) => [cookie.name, cookie]));
  for (const entry of ENTRIES) {
    for (const name of [...record[entry].held, ...Object.keys(record[entry].received)]) {
      if (!names.has(name)) names.set(name, { name, charter: false, unknown: true });
    }
  }
  return [...names.values()];
}

function mark(cell, present, charter, count) {
  const text = present ? comparison.dataset.yes : comparison.dataset.no;
  cell.className = present ? (charter ? "present charter" : "present tracker") : "absent";
  cell.textContent = present && count ? `${text} · ${count}` : text;
}

function line(cookie, record) {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = cookie.name;
  row.append(name);
  const words = comparison.dataset;
  row.insertCell().textContent = cookie.charter ? words.charter : words.tracker;
  row.insertCell().textContent = cookie.unknown ? words.unknown : cookie.script ? words.script : words.header;
  for (const entry of ENTRIES) {
    const { held, latest, received } = record[entry];
    mark(row.insertCell(), held.includes(cookie.name) || latest.includes(cookie.name), cookie.charter);
    mark(row.insertCell(), cookie.name in received, cookie.charter, received[cookie.name]);
  }
  return row;
}

function names(list) {
  const cell = document.createElement("td");
  const code = document.createElement("code");
  code.textContent = list.join(" ") || "–";
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

document.addEventListener("cookies-record", ({ detail: record }) => {
  const cookies = knownAndSeen(record);
  const charter = new Set(cookies.filter((cookie) => cookie.charter).map((cookie) => cookie.name));
  comparison.tBodies[0].replaceChildren(...cookies.map((cookie) => line(cookie, record)));
  log.tBodies[0].replaceChildren(...record.log.filter((logged) => !logged.path.startsWith("/static/")).slice(-12).reverse().map(request));
  for (const entry of ENTRIES) {
    const trackers = Object.keys(record[entry].received).filter((name) => !charter.has(name)).length;
    document.getElementById(`${entry}-score`).textContent = record[entry].requests ? trackers : "–";
  }
});

document.getElementById("reset").addEventListener("click", () => fetch("/__demo/reset", { method: "POST" }));
