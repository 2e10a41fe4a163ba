// Presses a button of the banner as soon as it can be seen, as a visitor does.
async function press(selector) {
  (await ready(selector)).click();
}

function ready(selector) {
  return new Promise((resolve, reject) => {
    let left = 600;
    (function look() {
      const found = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length);
      if (found) return resolve(found);
      if (!left--) return reject(new Error(`no ${selector}`));
      setTimeout(look, 50);
    })();
  });
}
