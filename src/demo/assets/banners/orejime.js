// As Orejime 3 writes it: JSON, of which only quotes and commas are percent-encoded.
const codec = {
  cookie: "eu-consent",
  write: (choice) => JSON.stringify(choice).replace(/"/g, "%22").replace(/,/g, "%2C"),
  read: (value) => JSON.parse(decodeURIComponent(value)),
};
