// The consent banner: shows itself while no choice is recorded, and records the visitor's.
const banner = document.getElementById("cookie-banner");
const choices = document.getElementById("cookie-choices");

function record(isGranted) {
  recordChoice(isGranted);
  location.reload();
}

function showChoices() {
  const choice = recordedChoice() ?? {};
  for (const tracker of TRACKERS) choices.elements[tracker].checked = choice[tracker] === true;
  choices.hidden = !choices.hidden;
  banner.querySelector("[data-choice=customise]").setAttribute("aria-expanded", String(!choices.hidden));
}

banner.addEventListener("click", (event) => {
  switch (event.target.dataset?.choice) {
    case "accept": return record(() => true);
    case "refuse": return record(() => false);
    case "save": return record((tracker) => choices.elements[tracker].checked);
    case "customise": return showChoices();
  }
});

document.getElementById("manage-cookies").addEventListener("click", () => {
  banner.hidden = false;
  banner.querySelector("[data-choice=accept]").focus();
});

banner.hidden = recordedChoice() !== null;
