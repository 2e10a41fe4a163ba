// A whole visit: every kind of page and answer, so that every cookie of the portal is set; then back to the comparison.
const DATASET = "fr-en-annuaire-education";
const API = `/api/explore/v2.1/catalog/datasets/${DATASET}`;
const PAGES = ["/", "/explore/", `/explore/dataset/${DATASET}/`, "/introuvable/", "/login/"];
const ANSWERS = [`${API}/records?limit=1`, `${API}/exports/csv?rows=1`];
const [frame, progress, visited] = ["frame", "progress", "visited"].map((id) => document.getElementById(id));

function open(path) {
  return new Promise((loaded) => {
    frame.addEventListener("load", loaded, { once: true });
    frame.src = path;
  });
}

async function ask(path) {
  await (await fetch(path)).text();
}

async function each(paths, visit) {
  for (const path of paths) {
    visited.textContent = path;
    await visit(path);
    progress.value += 1;
  }
}

async function visitAll() {
  progress.max = PAGES.length + ANSWERS.length;
  await each(PAGES, open);
  await each(ANSWERS, ask);
  location.replace(document.body.dataset.next);
}

visitAll();
