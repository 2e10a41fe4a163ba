// Puts a button to share the page where the portal left room for one.
for (const place of document.querySelectorAll("[data-share]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = place.dataset.share;
  place.replaceChildren(button);
}
