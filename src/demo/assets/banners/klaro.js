// As Klaro writes it: percent-encoded JSON.
const codec = {
  cookie: "klaro",
  write: (choice) => encodeURIComponent(JSON.stringify(choice)),
  read: (value) => JSON.parse(decodeURIComponent(value)),
};
