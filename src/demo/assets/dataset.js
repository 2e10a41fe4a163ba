// The table of a dataset: twenty records at a time, from the Explore API.
const table = document.getElementById("records");
const fields = [...table.querySelectorAll("th")].map((head) => head.dataset.field);
const [previous, next, range] = ["previous", "next", "range"].map((id) => document.getElementById(id));
const STEP = 20;
let offset = 0;

function row(record) {
  const line = document.createElement("tr");
  for (const field of fields) {
    const cell = line.insertCell();
    const value = record[field];
    cell.textContent = typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
    if (typeof value === "number") cell.className = "number";
  }
  return line;
}

async function show() {
  const path = `/api/explore/v2.1/catalog/datasets/${table.dataset.dataset}/records`;
  const answer = await (await fetch(`${path}?limit=${STEP}&offset=${offset}`)).json();
  table.tBodies[0].replaceChildren(...answer.results.map(row));
  range.textContent = `${offset + 1}–${offset + answer.results.length} / ${answer.total_count}`;
  previous.disabled = offset === 0;
  next.disabled = offset + STEP >= answer.total_count;
}

previous.addEventListener("click", () => { offset -= STEP; show(); });
next.addEventListener("click", () => { offset += STEP; show(); });
show();
