// Writes src/schema/table.generated.ts: scripts/make-schema-table says from what.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { encodeTable } from "./schema-table/encode.ts";
import { readLifecycles } from "./schema-table/lifecycle.ts";
import type { Release } from "./schema-table/openapi.ts";

const path = "src/schema/table.generated.ts";
const [api = "", ...documents] = process.argv.slice(2).filter((word) => word !== "--check");
const releases = documents.map((word): Release => {
  const [version = "", file = ""] = word.split("=");
  return { version, document: JSON.parse(readFileSync(file, "utf8")) as Release["document"] };
});
const text = encodeTable(releases, readLifecycles(api));
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error(`${path} is stale: scripts/make-schema-table`);
  process.exitCode = 1;
}
console.error(`${path}: ${text.length} bytes, ${releases.length} minors`);
