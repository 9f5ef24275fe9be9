import { newestMinor } from "./kubernetes-behaviour.ts";
import { readYaml } from "../yaml/read.ts";
import type { FlagValues } from "./flags.ts";
import { isRecord, type PathStep, pathText } from "./paths.ts";
import { kind as ownKind } from "./schema.ts";
import type { SourcesInput } from "./sources.ts";

/** An input in which values stand for what somebody puts in later. */
export interface VariableInput {
  readonly input: SourcesInput;
  /** The variables as they were written, such as `${CONTROL_PLANE_ENDPOINT_IP}`. */
  readonly variables: readonly string[];
  /** Those whose value decides what is made, with the key that has them. */
  readonly misplaced: readonly { readonly variable: string; readonly key: string }[];
  /** A text made of the input, with the variables in their places again. */
  restore(text: string): string;
}

/**
 * Puts a value of the right kind in the place of each variable, for the time in which a configuration is
 * checked and its files are made. The values are such that no configuration has them.
 */
export function withoutVariables(input: SourcesInput): VariableInput {
  const written = [input.file?.text, input.kubeadmFile?.text, ...Object.values(input.flags ?? {}).flat()];
  const variables = [...new Set(written.flatMap((text) => String(text).match(variablePattern) ?? []))];
  const neutral = new Map(variables.map((variable, index) => [variable, `khavariable${101 + index}`]));
  const uses = [
    ...usesInFile(replaced(input.file?.text ?? "", neutral)),
    ...usesInFlags(input.flags ?? {}, neutral),
  ].flatMap(({ key, value }) =>
    variables
      .filter((variable) => value.includes(neutral.get(variable) ?? ""))
      .map((variable) => ({ key, variable, kind: kindOf(key, value, neutral.get(variable) ?? "") })),
  );
  const standIns = new Map(variables.map((variable, index) => [variable, standIn(variable, uses, 101 + index)]));
  return {
    input: {
      ...input,
      file: input.file && { ...input.file, text: replaced(input.file.text, standIns) },
      kubeadmFile: input.kubeadmFile && { ...input.kubeadmFile, text: replaced(input.kubeadmFile.text, standIns) },
      ...(input.flags && { flags: replacedFlags(input.flags, standIns) }),
    },
    variables,
    misplaced: uses.flatMap(({ key, variable, kind }) => (kind === undefined ? [{ key, variable }] : [])),
    restore: (text) =>
      [...standIns].reduce((result, [variable, value]) => result.replaceAll(value, () => variable), text),
  };
}

const variablePattern = /\$\{[^{}\n]*\}/g;

/** What a value has to look like; undefined where a variable cannot stand. */
type Kind = "version" | "address" | "second address" | "interface" | "image" | "name" | undefined;

interface Use {
  readonly key: string;
  readonly variable: string;
  readonly kind: Kind;
}

// Of several uses the one with the narrowest form decides: an address is a name for a certificate too.
function standIn(variable: string, uses: readonly Use[], number: number): string {
  const kinds = new Set(uses.filter((use) => use.variable === variable).map(({ kind }) => kind));
  // Documentation addresses: RFC 5737 and RFC 3849.
  if (kinds.has("address")) return `198.51.100.${number}`;
  if (kinds.has("second address")) return `2001:db8::${number}`;
  // A release that is not known in advance is taken for a new one.
  if (kinds.has("version")) return `v1.${newestMinor}.${number + 800}`;
  if (kinds.has("image")) return `khavariable${number}:v${number}`;
  return `khavariable${number}`;
}

function kindOf(key: string, value: string, token: string): Kind {
  const whole = value === token;
  if (key === "kubernetesVersion") return whole ? "version" : undefined;
  const address = /^virtualIP\.addresses\[(\d+)\]$/.exec(key);
  if (address !== null && value.split("/")[0] === token) return address[1] === "0" ? "address" : "second address";
  if (/(^|\.)interface$/.test(key)) return whole ? "interface" : undefined;
  if (/^images\.(?!repository)/.test(key) && whole) return "image";
  if (key === "controlPlaneEndpoint") return value.replace(/:\d+$/, "") === token ? "name" : undefined;
  return /^(images|certSANs|kubeVip\.extraEnv)(\.|\[|$)/.test(key) ? "name" : undefined;
}

interface Value {
  readonly key: string;
  readonly value: string;
}

function usesInFile(text: string): readonly Value[] {
  const own = readYaml("", text).documents.find(({ value }) => isRecord(value) && value["kind"] === ownKind);
  return own === undefined ? [] : texts(own.value, []);
}

function texts(value: unknown, path: readonly PathStep[]): readonly Value[] {
  if (typeof value === "string") return [{ key: pathText(path), value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => texts(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, entry]) => texts(entry, [...path, key])) : [];
}

function usesInFlags(flags: FlagValues, neutral: ReadonlyMap<string, string>): readonly Value[] {
  const keys: Readonly<Record<string, string>> = { interface: "virtualIP.interface" };
  return Object.entries(flags).flatMap(([flag, given]) =>
    [given].flat().flatMap((text) =>
      replaced(String(text), neutral)
        .split(flag === "vip" ? "," : "\0")
        .map((value, index) => ({
          key: flag === "vip" ? `virtualIP.addresses[${index}]` : (keys[flag] ?? flag),
          value,
        })),
    ),
  );
}

function replaced(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(variablePattern, (variable) => values.get(variable) ?? variable);
}

function replacedFlags(flags: FlagValues, values: ReadonlyMap<string, string>): FlagValues {
  return Object.fromEntries(
    Object.entries(flags).map(([flag, given]) => [
      flag,
      Array.isArray(given) ? given.map((text) => replaced(String(text), values)) : replaced(String(given), values),
    ]),
  );
}
