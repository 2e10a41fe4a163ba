// A string of IAB Europe's TCF 2.3: the core, and the disclosed vendors. The trackers share the eleven purposes among them.
const PURPOSES = { ga: [1, 2], matomo: [3, 4], xiti: [5, 6], at: [7], piano: [8], eulerian: [9], video: [10], social: [11] };
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const number = (value, length) => value.toString(2).padStart(length, "0");
const language = number(5, 6) + number(17, 6);
const noVendors = number(0, 16) + "0";

function base64(bits) {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const digits = bytes.padEnd(Math.ceil(bytes.length / 6) * 6, "0").match(/.{6}/g);
  return digits.map((digit) => ALPHABET[parseInt(digit, 2)]).join("");
}

const codec = {
  cookie: "euconsent-v2",
  write: (choice) => {
    const today = number(Math.floor(Date.now() / 86400000) * 864000, 36);
    const purposes = Array(24).fill("0");
    const granted = Object.keys(PURPOSES).filter((tracker) => choice[tracker]);
    for (const purpose of granted.flatMap((tracker) => PURPOSES[tracker])) purposes[purpose - 1] = "1";
    const head = number(2, 6) + today + today + number(7, 12) + number(1, 12) + number(1, 6) + language;
    const versions = number(135, 12) + number(5, 6) + "1" + "0" + number(0, 12);
    const rest = number(0, 24) + "0" + language + noVendors + noVendors + number(0, 12);
    return `${base64(head + versions + purposes.join("") + rest)}.${base64(number(1, 3) + noVendors)}`;
  },
  read: (value) => {
    const bits = [...value.split(".")[0]].map((digit) => number(ALPHABET.indexOf(digit), 6)).join("");
    const granted = (purpose) => bits[151 + purpose] === "1";
    return Object.fromEntries(Object.entries(PURPOSES).map(([tracker, purposes]) => [tracker, purposes.every(granted)]));
  },
};
