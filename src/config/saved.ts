import { flaggedDocuments } from "../kubeadm/flagged-documents.ts";
import { joinSecretsOf, secretPaths } from "../kubeadm/secrets.ts";
import { textWithoutSecrets } from "../kubeadm/without-secrets.ts";
import { readYaml } from "../yaml/read.ts";
import { toYaml } from "../yaml/write.ts";
import type { Sources, SourcesInput } from "./sources.ts";
import type { ClusterSpec } from "./spec.ts";

/** The line that tells a later run that the user's documents once held secrets. */
export const secretsLeftOut = "# Secrets were left out: only the run that got them needs them.";

/**
 * The input as nodes keep it: one text that says the same without the flags and without the files
 * beside it. It holds no secret; text without either reason to change stays as it is, comments and all.
 */
export function savedConfiguration(input: SourcesInput, sources: Sources, spec: ClusterSpec): string {
  const { file, kubeadmFile, flags = {} } = input;
  const secret = holdsSecrets(sources);
  if (file !== undefined && kubeadmFile === undefined && Object.keys(flags).length === 0 && !secret)
    return ended(file.text);
  const documents = flaggedDocuments(spec).map((document) =>
    secretPaths(document).length === 0 ? document.source.text : textWithoutSecrets(document),
  );
  const head = secret || lacksSecrets(input, sources) ? `${secretsLeftOut}\n` : "";
  const stream = [ownText(input, sources), ...documents.map(separated)].map(ended).join("");
  // A comment may repeat a token.
  return (
    head +
    spec.kubeadmDocuments.flatMap(joinSecretsOf).reduce((text, found) => text.replaceAll(found, "REDACTED"), stream)
  );
}

/** Whether this is a text of a node from which secrets were left out, and nothing brings them again. */
export function lacksSecrets({ file }: SourcesInput, sources: Sources): boolean {
  return file?.text.startsWith(secretsLeftOut) === true && !holdsSecrets(sources);
}

function holdsSecrets({ kubeadmDocuments }: Sources): boolean {
  return kubeadmDocuments.some((document) => secretPaths(document).length > 0);
}

function ownText({ flags = {} }: SourcesInput, { own, raw }: Sources): string {
  const changed = Object.keys(flags).some((flag) => flag !== "apiserverBindPort");
  const text = own?.text.replace(`${secretsLeftOut}\n`, "") ?? "";
  return !changed && saysTheSame(text, own?.value) ? text : toYaml(raw);
}

// A document loses the directives above it, and %YAML 1.1 makes other numbers of the same digits.
function saysTheSame(text: string, value: unknown): boolean {
  return JSON.stringify(readYaml("", text).documents[0]?.value) === JSON.stringify(value);
}

function separated(text: string): string {
  return /^---\s/.test(text) ? text : `---\n${text}`;
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
