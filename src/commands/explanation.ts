import { nodeChecks } from "../checks/index.ts";
import { runChecks } from "../checks/run-checks.ts";
import { defaultText } from "../config/default-text.ts";
import { nearest } from "../config/did-you-mean.ts";
import { type SchemaKey, schemaKeys } from "../config/schema-keys.ts";
import { UserError } from "../errors.ts";
import { fileRules } from "../rules/index.ts";
import type { FileRule } from "../rules/rule.ts";
import { phases } from "../plan/phases.ts";
import { faultNames } from "../timing/fault-names.ts";
import type { Fault } from "../timing/fault.ts";
import { faults } from "../timing/faults/index.ts";
import { optionNames, optionTable } from "./options.ts";
import { allRules } from "./rules.ts";

/** What is known of a configuration key, a rule, a fault, a preflight check or a phase; an unknown name ends in a UserError. */
export function explanation(name: string): string {
  const keys = schemaKeys();
  const key = keys.find((candidate) => candidate.key === name.replaceAll(/\[\d*\]/g, "[]"));
  if (key !== undefined) return explainKey(key, keys);
  // A name from elsewhere may stand for several of our rules.
  const named = fileRules.filter((candidate) => isNameOf(name, candidate));
  if (named.length > 0) return named.map(explainFileRule).join("");
  const rule = allRules.find((candidate) => candidate.id === name);
  if (rule !== undefined) return `${rule.id} (rule)\n  ${rule.summary}\n  Why: ${rule.reason}\n`;
  const check = [...nodeChecks, ...runChecks].find(({ id }) => isCheckName(name, id));
  if (check !== undefined) return `${check.id} (preflight check)\n  ${check.summary}\n  Why: ${check.reason}\n`;
  const fault = faultNames.find((candidate) => candidate === name);
  if (fault !== undefined) return explainFault(faults[fault]);
  const phase = phases.find((candidate) => candidate.name === name);
  if (phase !== undefined) return `${phase.name} (phase)\n  ${phase.summary}\n`;
  const known = [
    ...keys.map((candidate) => candidate.key),
    ...allRules.map((candidate) => candidate.id),
    ...phases.map((candidate) => candidate.name),
    ...faultNames,
    ...fileRules.flatMap((candidate) => [candidate.name, ...(candidate.aliases ?? [])]),
    ...[...nodeChecks, ...runChecks].map((candidate) => candidate.id),
  ];
  const meant = nearest(name, known);
  throw new UserError(
    `nothing is called "${name}"${meant === undefined ? "; kubeadm-ha config schema lists the keys" : `; did you mean ${meant}?`}`,
  );
}

// Problems carry what they are about: Port-8443, ForeignFile--etc-kubeadm-ha-ha.yaml. A rule's name may begin like a check's.
function isCheckName(name: string, id: string): boolean {
  return name.toLowerCase() === id.toLowerCase() || name.startsWith(`${id}-`);
}

function isNameOf(name: string, { id, name: ownName, aliases = [] }: FileRule): boolean {
  const asked = name.toLowerCase();
  return [id, ownName, `${id} ${ownName}`, ...aliases].some((known) => known.toLowerCase() === asked);
}

function explainFileRule({ id, name, severity, summary, reason, remedy, aliases = [] }: FileRule): string {
  const also = aliases.length === 0 ? "" : `  Elsewhere called: ${aliases.join(", ")}\n`;
  return `${id} ${name} (rule, ${severity === "info" ? "note" : severity})\n  ${summary}\n  Why: ${reason}\n  Fix: ${remedy}\n${also}`;
}

function explainFault({ name, title, summary }: Fault): string {
  return `${name} (fault: ${title})\n  ${summary}\n  Predicted by kubeadm-ha predict, measured by kubeadm-ha rehearse: --faults ${name}\n`;
}

function explainKey({ key, description, type }: SchemaKey, keys: readonly SchemaKey[]): string {
  const text = defaultText(key);
  const fallback = text === "" ? "" : `  ${text}\n`;
  const flag = optionNames.find((option) => optionTable[option].key === key);
  const below = keys.filter(
    (candidate) => candidate.key.startsWith(`${key}.`) || candidate.key.startsWith(`${key}[].`),
  );
  const children = below.map((child) => `    ${child.key}: ${child.description}\n`).join("");
  return `${key} (${type})\n  ${description}\n${fallback}${flag === undefined ? "" : `  Flag: --${flag}\n`}${children === "" ? "" : `  Keys:\n${children}`}`;
}
