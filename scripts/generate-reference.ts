// Writes what is derived from other files: src/config/schema.generated.json and docs/configuration.md from the schema
// and the tables, and two files of shell scripts from those beside them, so that they are part of the bundle.
// With --check nothing is written and a difference is a failure.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

import { toJsonSchema } from "@valibot/to-json-schema";

import { nodeChecks } from "../src/checks/index.ts";
import { constantDefault, defaultText } from "../src/config/default-text.ts";
import { configurationSchema } from "../src/config/schema.ts";
import { schemaKeys } from "../src/config/schema-keys.ts";
import { runChecks } from "../src/checks/run-checks.ts";
import { figureNames } from "../src/report/predictions/spans.ts";
import { ruleFamilies } from "../src/rules/index.ts";
import { readingRules } from "../src/rules/reading-rules.ts";
import { allRules } from "../src/commands/rules.ts";
import { faultNames } from "../src/timing/fault-names.ts";
import { faults } from "../src/timing/faults/index.ts";

const stale = Object.entries({
  "src/config/schema.generated.json": jsonSchema(),
  "docs/configuration.md": configurationPage(),
  "docs/faults.md": faultsPage(),
  "docs/preflight.md": preflightPage(),
  "docs/rules.md": rulesPage(),
  "src/formats/capi/scripts.generated.json": shellFiles("src/formats/capi/scripts"),
  "src/formats/script/engine.generated.json": shellFiles("src/formats/script/engine"),
  "src/formats/script/machine.generated.json": shellFiles("src/formats/script/machine"),
  "src/kubeadm/scripts.generated.json": shellFiles("src/kubeadm/scripts", withoutInnerComments),
}).filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is stale: npm run reference`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) writeFileSync(path, text);
}

function jsonSchema(): string {
  // Checks in code have no form in JSON Schema; `validate` runs them.
  const schema = toJsonSchema(configurationSchema, { errorMode: "ignore" });
  return `${JSON.stringify({ $id: "https://kubeadm-ha.io/v1alpha1/haconfiguration.json", title: "HAConfiguration", ...closed(withReasons(schema)) }, null, 2)}\n`;
}

function shellFiles(directory: string, change = (text: string): string => text): string {
  const texts = readdirSync(directory)
    .toSorted()
    .map((name) => [name, change(readFileSync(`${directory}/${name}`, "utf8"))]);
  return `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`;
}

// A node gets what such a script is for and how to call it. What only its authors need to know stays here: it would
// be a tenth of user data, which has limits.
function withoutInnerComments(text: string): string {
  const start = text.search(/^[^#]/m);
  return text.slice(0, start) + text.slice(start).replaceAll(/^[ \t]*#.*\n/gm, "");
}

type Json = { readonly [key: string]: unknown };

function withReasons(schema: unknown): Json {
  const root = structuredClone(schema) as Record<string, unknown>;
  for (const { key } of schemaKeys()) {
    const target = key.split(".").reduce<Record<string, unknown> | undefined>((node, step) => {
      const list = step.endsWith("[]");
      const next = (node?.["properties"] as Record<string, Record<string, unknown>> | undefined)?.[
        step.replace("[]", "")
      ];
      return list ? (next?.["items"] as Record<string, unknown> | undefined) : next;
    }, root);
    if (target === undefined) throw new Error(`${key} is not in the JSON Schema`);
    const text = defaultText(key);
    const description = typeof target["description"] === "string" ? target["description"] : "";
    if (text !== "") target["description"] = `${description}. ${text}`;
    if (constantDefault(key) !== undefined) target["default"] = constantDefault(key);
  }
  return root;
}

// Unknown keys are errors, except where the schema says that more may come.
function closed(node: Json): Json {
  const entries = Object.entries(node).map(([name, value]) => {
    if (Array.isArray(value) || typeof value !== "object" || value === null) return [name, value];
    return [name, closed(value as Json)];
  });
  const open = node["type"] !== "object" || node["properties"] === undefined || "additionalProperties" in node;
  return { ...Object.fromEntries(entries), ...(open ? {} : { additionalProperties: false }) };
}

function configurationPage(): string {
  const rows = schemaKeys().map(({ key, type, description }) => {
    const reason = defaultText(key);
    return `| \`${key}\` | ${cell(type)} | ${cell(description)} | ${cell(reason)} |`;
  });
  const rules = allRules.map(({ id, summary, reason }) => `| \`${id}\` | ${cell(summary)} | ${cell(reason)} |`);
  return `# Configuration reference

Made from the schema and the table of defaults by \`npm run reference\`. \`kubeadm-ha explain KEY\` says the same on a terminal; \`kubeadm-ha config view\` shows the values of your file and where each comes from.

## Keys

| key | value | meaning | default and its reason |
|---|---|---|---|
${rows.join("\n")}

## Rules

Every problem that \`render\` and \`validate\` can find in a configuration. \`validate --ignore RULE\` leaves one out.

| rule | what must hold | why |
|---|---|---|
${rules.join("\n")}
`;
}

function preflightPage(): string {
  const rows = nodeChecks.map(({ id, summary, reason }) => `| \`${id}\` | ${cell(summary)} | ${cell(reason)} |`);
  const steps = runChecks.map(({ id, summary, reason }) => `| \`${id}\` | ${cell(summary)} | ${cell(reason)} |`);
  return `# What is checked before anything is written

Made from the checks by \`npm run reference\`. \`kubeadm-ha prepare\` and the node script check the same and say the same; \`kubeadm-ha preflight\` only checks. Every problem is told at once:

\`\`\`
[preflight] Some fatal errors occurred:
	[ERROR Port-8443]: a program listens on TCP port 8443 (address 0.0.0.0), which haproxy needs: …
\`\`\`

\`--ignore-preflight-errors=Port-8443,…\` makes errors warnings, without regard to case; \`all\` alone does so for every one. Names begin with the name of the check. With \`--rootfs\` what this machine lacks is a warning.

| check | what must hold | why |
|---|---|---|
${[...rows, ...steps].join("\n")}
`;
}

function faultsPage(): string {
  const rows = faultNames.map((name) => {
    const { title, summary, figure } = faults[name];
    return `| \`${name}\` | ${cell(title)} | ${cell(summary)} | ${cell(figureNames[figure])} |`;
  });
  return `# Faults

Made from the faults by \`npm run reference\`. \`kubeadm-ha rehearse --faults NAME,…\` [does them](rehearse.md), \`kubeadm-ha predict\` [computes them](predict.md), \`kubeadm-ha explain NAME\` says the same on a terminal. The holder is the node that has the virtual IP.

| fault | title | what is done, and its repair | seconds |
|---|---|---|---|
${rows.join("\n")}
`;
}

function rulesPage(): string {
  const sections = ruleFamilies.map(({ title, rules }) => {
    const pages = rules.map(
      ({ id, name, severity, summary, reason, remedy, aliases = [] }) =>
        `### ${id} ${name}\n\n${summary} (${severity === "info" ? "note" : severity})\n\n- **Why:** ${reason}\n- **Fix:** ${remedy}${aliases.length === 0 ? "" : `\n- Elsewhere called: ${aliases.join(", ")}`}`,
    );
    return `## ${title}\n\n${pages.join("\n\n")}`;
  });
  const reading = readingRules.map(({ id, summary, reason }) => `| \`${id}\` | ${cell(summary)} | ${cell(reason)} |`);
  return `# Rules

Made from the rules by \`npm run reference\`. \`kubeadm-ha explain ID\` says the same on a terminal. \`validate --ignore ID,…\` leaves rules out; in a file \`# kubeadm-ha: ignore ID reason\` does, on the same line or the one above, and \`# kubeadm-ha: ignore-file ID reason\` for the whole file. What an HAConfiguration must hold is in the [configuration reference](configuration.md).

${sections.join("\n\n")}

## What keeps a file from being judged

| rule | what must hold | why |
|---|---|---|
${reading.join("\n")}
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
