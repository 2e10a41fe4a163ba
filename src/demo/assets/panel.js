// Reports, once a second, which cookies this page's scripts can see; the portal answers with what it received. Both are
// shown in the panel of each page; the comparison page listens to the same event.
const byId = (id) => document.getElementById(id);

function visibleCookies() {
  return document.cookie.split("; ").filter(Boolean).map((pair) => pair.split("=")[0]);
}

function chip(name, charter) {
  const item = document.createElement("li");
  item.className = charter.has(name) ? "chip charter" : "chip tracker";
  item.textContent = name;
  return item;
}

function count(place, names, charter) {
  const trackers = names.filter((name) => !charter.has(name)).length;
  place.textContent = trackers;
  place.className = trackers ? "count bad" : "count good";
}

// The charter's cookies first; the count is that of the others.
function fill(id, names, charter) {
  const list = byId(id);
  const sorted = names.toSorted((one, other) => charter.has(other) - charter.has(one));
  const text = sorted.join(" ");
  if (list.dataset.names === text) return;
  list.dataset.names = text;
  list.replaceChildren(...sorted.map((name) => chip(name, charter)));
  count(byId(`${id}-count`), names, charter);
}

function showPanel(record) {
  const charter = new Set(record.cookies.filter((cookie) => cookie.charter).map((cookie) => cookie.name));
  byId("panel-here").textContent = byId("panel-here").dataset[record.here];
  byId("panel").dataset.entry = record.here;
  byId("panel-choice").textContent = byId("panel-choice").dataset[kindOfChoice()];
  fill("panel-held", visibleCookies(), charter);
  fill("panel-received", record.sent, charter);
  count(byId("panel-count"), record.sent, charter);
  const necessary = new Set(record.parties.filter((party) => party.necessary).map((party) => party.id));
  fill("panel-asked", Object.keys(record[record.jar].asked), necessary);
  byId("panel-compare").href = `${record.addresses.beside}/__demo/`;
  showOther(byId("panel-other"), record);
}

function showOther(link, record) {
  const other = record.here === "direct" ? "octroi" : "direct";
  link.hidden = !record.addresses[other];
  link.href = record.addresses[other] + location.pathname;
  link.textContent = link.dataset[other];
}

async function report() {
  try {
    const held = typeof wholeJar === "function" ? await wholeJar() : visibleCookies();
    const answer = await fetch("/__demo/held", { method: "POST", body: JSON.stringify(held) });
    const record = await answer.json();
    document.dispatchEvent(new CustomEvent("cookies-record", { detail: record }));
    if (byId("panel")) showPanel(record);
    document.documentElement.dataset.reported = "true";
  } catch {
    document.documentElement.dataset.reported = "false";
  }
}

report();
setInterval(report, 1000);
if (byId("panel") && matchMedia("(max-width: 70rem)").matches) byId("panel").querySelector("details").open = false;
