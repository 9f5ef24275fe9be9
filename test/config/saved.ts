import { resolveConfiguration } from "../../src/config/resolve.ts";
import type { Rule } from "../../src/config/rule.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { SourcesInput } from "../../src/config/sources.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import { formatFindings } from "../../src/findings/text.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { makePlan } from "../../src/plan/make-plan.ts";

/** What a user gives: the file, kubeadm's documents and flags. */
export function input(text: string, documents?: string, flags: FlagValues = {}): SourcesInput {
  const kubeadmFile = documents === undefined ? undefined : { name: "kubeadm.yaml", text: documents };
  return { file: { name: "ha.yaml", text }, kubeadmFile, flags };
}

/** A cluster and the text that its nodes keep. */
export interface Kept {
  readonly spec: ClusterSpec;
  readonly text: string;
}

/** What this program makes of the input; an error is a mistake of the test. */
export function keep(given: SourcesInput, rules: readonly Rule[] = kubeadmRules): Kept {
  const { spec, findings, savedConfiguration } = resolveConfiguration({ ...given, rules });
  if (spec === undefined) throw new Error(formatFindings(findings));
  return { spec, text: savedConfiguration() };
}

/** What a node makes of the text that it keeps. */
export function onNode(text: string): Kept {
  return keep({ file: { name: "/etc/kubeadm-ha/ha.yaml", text } });
}

/** The cluster without its documents and without where its values come from. */
export function meaning(spec: ClusterSpec): unknown {
  return { ...spec, kubeadmDocuments: [], fromFlags: [] };
}

/** What the documents say. */
export function words({ kubeadmDocuments }: ClusterSpec): unknown {
  return kubeadmDocuments.map(({ source }) => source.value);
}

/** Every file of every node, in both roles and once `finalize` has run. */
export function files({ spec, text }: Kept): Readonly<Record<string, string | undefined>> {
  const { nodes } = makePlan(spec, { savedConfiguration: text });
  return Object.fromEntries(
    nodes.flatMap(({ name, files: planned }) =>
      planned.flatMap(({ path, variants: { init, join }, finalized }) => [
        [`${name} init ${path}`, init?.text],
        [`${name} join ${path}`, join?.text],
        [`${name} finalized ${path}`, finalized?.text],
      ]),
    ),
  );
}
