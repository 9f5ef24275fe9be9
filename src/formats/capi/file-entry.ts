import type { MachineFile } from "./machine.ts";
import type { BootstrapFormat } from "./versions.ts";

/** An entry of `files`, its keys in the order of the API's documentation. */
export interface FileEntry {
  readonly path: string;
  readonly owner: string;
  readonly permissions: string;
  readonly encoding?: "base64" | "gzip+base64";
  readonly content?: string;
  readonly contentFrom?: { readonly secret: { readonly name: string; readonly key: string } };
}

/** An entry, and the text that a Secret must hold for it. */
export interface PlacedFile {
  readonly entry: FileEntry;
  readonly secret?: { readonly key: string; readonly text: string };
}

export interface FilePlacing {
  /** The object's `format`. */
  readonly bootstrapFormat: BootstrapFormat;
  readonly compress: (text: string) => Uint8Array;
  /** Where contents go that are too long for the object; undefined where no Secret can be made. */
  readonly secretName: string | undefined;
}

/** A reason why a file cannot be part of an object. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** Most characters of `content`: https://github.com/kubernetes-sigs/cluster-api/blob/main/api/bootstrap/kubeadm/v1beta2/kubeadmconfig_types.go */
export const contentLimit = 10_240;

/**
 * A file as an entry. Plain wherever that is allowed, so that people can review it and clusterctl can put
 * values in. Cluster API's cloud-config is a Jinja template, so what Jinja would evaluate is encoded; its
 * Ignition knows base64 only (bootstrap/kubeadm/webhooks/admission/kubeadmconfig.go there).
 */
export function placeFile({ path, mode, text }: MachineFile, placing: FilePlacing): PlacedFile | FileProblem {
  const head = { path, owner: "root:root", permissions: mode.toString(8).padStart(4, "0") } as const;
  const evaluated = placing.bootstrapFormat === "cloud-config" && isJinja(text);
  const variable = variablesIn(text)[0];
  if (evaluated && variable !== undefined)
    return {
      path,
      message: `Jinja would evaluate its braces, and encoded ${variable} could not be filled in`,
      remedy: "leave out {{, {% and {#, or write the value in place of the variable",
    };
  const forms: readonly Omit<FileEntry, keyof typeof head>[] = [
    ...(evaluated ? [] : [{ content: text }]),
    ...(variable === undefined
      ? [{ encoding: "base64", content: encoded(new TextEncoder().encode(text)) } as const]
      : []),
    ...(variable === undefined && placing.bootstrapFormat === "cloud-config"
      ? [{ encoding: "gzip+base64", content: encoded(placing.compress(text)) } as const]
      : []),
  ];
  const fitting = forms.find(({ content = "" }) => characters(content) <= contentLimit);
  if (fitting !== undefined) return { entry: { ...head, ...fitting } };
  const [{ content = "", ...form } = {}] = forms;
  const { secretName } = placing;
  if (secretName === undefined || content.length > secretLimit) return tooLong(path, content, placing);
  // The whole path: two files may have the same name. A key of a Secret is made of letters, digits, "-", "_" and ".".
  const key = path.slice(1).replaceAll("/", ".");
  return {
    entry: { ...head, ...form, contentFrom: { secret: { name: secretName, key } } },
    secret: { key, text: content },
  };
}

/** The variables in a text that clusterctl would fill in. */
export function variablesIn(text: string): readonly string[] {
  return text.match(/\$\{[^{}\n]*\}/g) ?? [];
}

/** As the API server counts for maxLength. */
export function characters(text: string): number {
  return Array.from(text).length;
}

// A Secret holds 1 MiB.
const secretLimit = 1_000_000;

function isJinja(text: string): boolean {
  return /\{\{|\{%|\{#/.test(text);
}

function encoded(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function tooLong(path: string, content: string, { bootstrapFormat }: FilePlacing): FileProblem {
  const ways = bootstrapFormat === "ignition" ? "and Ignition through Cluster API knows no gzip" : "compressed too";
  return {
    path,
    message: `has ${characters(content)} characters, ${contentLimit} is the limit, ${ways}`,
    remedy: "make it smaller, or render a whole object (--kind), which comes with a Secret for such contents",
  };
}
