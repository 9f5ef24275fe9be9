import type { ClusterSpec } from "../config/spec.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import type { OutputFile } from "./format.ts";
import type { GivenFile } from "./script/compact.ts";

/** What a machine gets at its first boot, and the files that are in it. */
export interface UserDocument {
  readonly file: OutputFile;
  readonly parts: readonly GivenFile[];
}

/** Says which documents hold secrets of kubeadm's documents, in whatever form they stand there. */
export function secretWarnings(documents: readonly UserDocument[], spec: ClusterSpec): readonly string[] {
  const secrets = secretStrings(spec);
  const holders = documents.filter(({ parts }) =>
    parts.some(({ text }) => secrets.some((secret) => text.includes(secret))),
  );
  if (holders.length === 0) return [];
  const names = holders.map(({ file }) => file.path).join(", ");
  return [`Secrets of kubeadm's documents are in ${names}: what runs on a machine can mostly read its user data`];
}
