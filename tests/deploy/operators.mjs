// Holds the objects of Kubernetes' operators in a manifest against the validators that packages make of the operators' own
// types, and prints what is wrong. A validator overlooks a key that it does not know, so the keys that it has not read are
// found, too. The arguments: the folder in which scripts/setup has installed the packages, and the manifest.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const packages = {
  "gateway.networking.k8s.io/v1": "gateway-api",
  "monitoring.coreos.com/v1": "prometheus-operator",
  "cert-manager.io/v1": "cert-manager",
};
const folder = pathToFileURL(resolve(process.argv[2], "node_modules") + "/");
const { parseAllDocuments } = createRequire(folder)("yaml");

// A view of `value` that removes from `unread` the path of each key that is asked for.
function watched(value, path, unread) {
  if (typeof value !== "object" || value === null) return value;
  for (const key of Object.keys(value)) unread.add(`${path}/${key}`);
  return new Proxy(value, {
    get(target, key) {
      if (!Object.hasOwn(target, key)) return target[key];
      unread.delete(`${path}/${String(key)}`);
      return watched(target[key], `${path}/${String(key)}`, unread);
    },
  });
}

let held = 0;
for (const document of parseAllDocuments(readFileSync(process.argv[3], "utf8"))) {
  const object = document.toJS();
  const name = packages[object?.apiVersion];
  if (name === undefined) continue;
  held += 1;
  const module = new URL(`@kubernetes-models/${name}/${object.apiVersion}/${object.kind}.js`, folder);
  const { [object.kind]: kind } = await import(module);
  const unread = new Set();
  try {
    kind.prototype.validate.call(watched(object, object.kind, unread));
    for (const path of unread) console.log(`${path}: no such key`);
  } catch (error) {
    console.log(`${object.kind}: ${error.message}`);
  }
}
console.log(`${held} held`);
