import type { Finding } from "../findings/finding.ts";
import { patchTypes, type PatchType } from "../render/patch/apply-patch.ts";
import type { Json } from "../render/patch/json.ts";
import { readYaml } from "../yaml/read.ts";
import { nearest } from "./did-you-mean.ts";

/** A file of patches for one target, in kubeadm's grammar. */
export interface PatchFile {
  /** `TARGET[SUFFIX][+TYPE].yaml`: the name decides the order too. */
  readonly name: string;
  readonly text: string;
  readonly target: PatchTarget;
  readonly type: PatchType;
  /** One for each document of the file. */
  readonly patches: readonly Json[];
}

/** Manifests that we write. */
export const ownTargets = ["kube-vip", "keepalived", "haproxy", "nginx", "kubeadm-ha-proxy"] as const;
/** What kubeadm patches itself; it ignores ours, as we ignore these. */
export const kubeadmTargets = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubeletconfiguration",
  "corednsdeployment",
  "kubeproxydaemonset",
] as const;
export type PatchTarget = (typeof ownTargets)[number] | (typeof kubeadmTargets)[number];

/** Files of a directory as somebody read them. */
export interface PatchSource {
  readonly name: string;
  readonly text: string;
}

/**
 * Files of patches in the order in which they apply, which is that of their names. kubeadm takes files it
 * does not know for notes; a mistyped target would then silently not be patched, so here it is an error.
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/patches/patches.go
 */
export function readPatches(sources: readonly PatchSource[]): {
  readonly patches: readonly PatchFile[];
  readonly findings: readonly Finding[];
} {
  const read = sources
    .filter(({ name, text }) => /.\.(json|yaml)$/.test(name) && text !== "")
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .map(readPatch);
  return {
    patches: read.filter((result): result is PatchFile => "target" in result),
    findings: read.flatMap((result) => ("target" in result ? [] : result.findings)),
  };
}

function readPatch({ name, text }: PatchSource): PatchFile | { readonly findings: readonly Finding[] } {
  const match = namePattern.exec(name);
  const target = match?.[1] as PatchTarget | undefined;
  if (target === undefined) return { findings: [unknownTarget(name)] };
  const [, , , plus, type] = match ?? [];
  if (plus !== undefined && type === undefined) return { findings: [unknownType(name)] };
  const { documents, findings } = readYaml(name, text);
  if (findings.length > 0) return { findings };
  const refused = [...unusableName(name), ...reservedText(name, text)];
  if (refused.length > 0) return { findings: refused };
  // Documents that only hold comments ask for nothing.
  const patches = documents.map(({ value }) => value).filter((value) => value !== null && value !== undefined);
  return {
    name,
    text,
    target,
    type: (type as PatchType | undefined) ?? "strategic",
    patches: patches as unknown as readonly Json[],
  };
}

// The same as kubeadm's, which does not look at what follows the type either.
const namePattern = new RegExp(
  `^(${[...ownTargets, ...kubeadmTargets].join("|")})([^.+\\n]*)?(\\+)?(${patchTypes.join("|")})?`,
);

// The name becomes a path in shell scripts and in the state of a node.
function unusableName(name: string): readonly Finding[] {
  const message = "the name has other characters than letters, digits, dots, + and hyphens";
  return /^[\w.+-]+$/.test(name) ? [] : [{ ...at(name), message, remedy: "rename it" }];
}

function reservedText(name: string, text: string): readonly Finding[] {
  const message = "holds KUBEADM_HA_FACT_, which marks what is filled in on the node";
  return text.includes("KUBEADM_HA_FACT_") ? [{ ...at(name), message, remedy: "use another word" }] : [];
}

function at(name: string): Pick<Finding, "rule" | "severity" | "path" | "position"> {
  return { rule: "patch-file", severity: "error", path: "(patches)", position: { file: name, line: 1, column: 1 } };
}

function unknownTarget(name: string): Finding {
  const targets = [...ownTargets, ...kubeadmTargets];
  const meant = nearest(/^[^.+]*/.exec(name)?.[0] ?? "", targets);
  return {
    ...at(name),
    message: "the name begins with no target of a patch",
    remedy: meant === undefined ? `the targets are ${targets.join(", ")}` : `did you mean ${meant}?`,
  };
}

function unknownType(name: string): Finding {
  return {
    ...at(name),
    message: "unknown or missing patch type after +",
    remedy: `write ${patchTypes.map((type) => `+${type}`).join(" or ")}, or leave + out for strategic`,
  };
}
