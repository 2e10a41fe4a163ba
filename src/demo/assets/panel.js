// Reports, once a second, which cookies this page's scripts can see; the portal answers with what it received. Both are
// shown in the panel of each page; the comparison page listens to the same event.
const byId = (id) => document.getElementById(id);

function heldCookies() {
  return document.cookie.split("; ").filter(Boolean).map((pair) => pair.split("=")[0]);
}

function choiceOf(cookie) {
  const pair = cookie.split("; ").find((pair) => pair.startsWith("cookies_preferences="));
  if (!pair) return "none";
  try {
    const { functional_cookies, timestamp, ...trackers } = JSON.parse(decodeURIComponent(pair.split("=")[1]));
    const values = Object.values(trackers);
    if (values.every((value) => value === true)) return "accepted";
    return values.some((value) => value === true) ? "custom" : "refused";
  } catch {
    return "none";
  }
}

function chip(name, charter) {
  const item = document.createElement("li");
  item.className = charter.has(name) ? "chip charter" : "chip tracker";
  item.textContent = name;
  return item;
}

function fill(list, names, charter) {
  const text = names.join(" ");
  if (list.dataset.names === text) return;
  list.dataset.names = text;
  list.replaceChildren(...names.map((name) => chip(name, charter)));
}

function showPanel(record) {
  const charter = new Set(record.cookies.filter((cookie) => cookie.charter).map((cookie) => cookie.name));
  const received = record[record.here].latest;
  byId("panel-here").textContent = byId("panel-here").dataset[record.here];
  byId("panel").dataset.entry = record.here;
  byId("panel-choice").textContent = byId("panel-choice").dataset[choiceOf(document.cookie)];
  fill(byId("panel-held"), heldCookies(), charter);
  fill(byId("panel-received"), received, charter);
  const trackers = received.filter((name) => !charter.has(name)).length;
  byId("panel-count").textContent = trackers;
  byId("panel-count").className = trackers ? "count bad" : "count good";
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
    const answer = await fetch("/__demo/held", { method: "POST", body: JSON.stringify(heldCookies()) });
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
