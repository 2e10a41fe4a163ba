// As tarteaucitron.js writes it: `!service=true` for each service, not encoded.
const codec = {
  cookie: "tarteaucitron",
  write: (choice) => Object.entries(choice).map(([service, granted]) => `!${service}=${granted}`).join(""),
  read: (value) => {
    const pairs = value.split("!").slice(1).map((pair) => pair.split("="));
    return Object.fromEntries(pairs.map(([service, word]) => [service, word === "true"]));
  },
};
