import type { NodeRole } from "../config/spec.ts";

/** The phases of `prepare`, in the order in which files are written. */
export const phaseNames = [
  "preflight",
  "kubeadm-config",
  "host",
  "load-balancer",
  "virtual-ip",
  "save",
  "start",
] as const;
export type PhaseName = (typeof phaseNames)[number];

/** Whether a control-plane node founds the cluster or joins it; workers always join. */
export type BootstrapRole = "init" | "join";

/** What only the machine or the operator knows: each stands in a text as `factMarker(name)` until it is filled in. */
export const factNames = [
  "interface",
  "priority",
  "virtualRouterID",
  "joinToken",
  "caCertHashes",
  "certificateKey",
  "caCertificate",
] as const;
export type FactName = (typeof factNames)[number];

/** Facts that come from a join file: they are never printed. */
export const joinFactNames = ["joinToken", "caCertHashes", "certificateKey"] as const satisfies readonly FactName[];

/** The text of a file, complete but for the facts it needs. */
export interface FileContent {
  readonly text: string;
  /** Facts whose markers stand in the text. */
  readonly needs: readonly FactName[];
  /** Facts that have a value unless the node keeps another one from an earlier run. */
  readonly defaults?: Readonly<Partial<Record<FactName, string>>>;
}

/** One file of one node, as data: who writes it, prints it or wraps it decides nothing about its bytes. */
export interface PlannedFile {
  readonly node: string;
  /** Absolute path on the node. */
  readonly path: string;
  readonly mode: number;
  readonly phase: PhaseName;
  /** What the file holds in each role; null where the role has no such file. Equal for most files. */
  readonly variants: Readonly<Record<BootstrapRole, FileContent | null>>;
  /** What it holds on the node that founded the cluster once `finalize` has run, if that differs. */
  readonly finalized?: FileContent | undefined;
}

/** Everything that makes a cluster highly available, as data. */
export interface Plan {
  readonly nodes: readonly PlannedNode[];
  /** What a person types, in order. */
  readonly runbook: string;
}

export interface PlannedNode {
  readonly name: string;
  readonly role: NodeRole;
  readonly bootstrap: BootstrapRole;
  readonly files: readonly PlannedFile[];
}

/** The text that stands for a fact; no configuration may contain it (rule `reserved-text`). */
export function factMarker(fact: FactName): string {
  return `${factMarkerPrefix}${fact}`;
}

export const factMarkerPrefix = "KUBEADM_HA_FACT_";

/** Contents made when they are asked for: most readers of a plan look at one role of a node only. */
export function perRole(make: (role: BootstrapRole) => FileContent | null): PlannedFile["variants"] {
  const made = new Map<BootstrapRole, FileContent | null>();
  const get = (role: BootstrapRole): FileContent | null => {
    const known = made.get(role);
    if (known !== undefined) return known;
    const content = make(role);
    made.set(role, content);
    return content;
  };
  return {
    get init() {
      return get("init");
    },
    get join() {
      return get("join");
    },
  };
}

/** A content whose facts are known beforehand: the text is made when somebody has them all. */
export function deferred(needs: readonly FactName[], make: () => string): FileContent {
  let text: string | undefined;
  return {
    needs,
    get text() {
      text ??= make();
      return text;
    },
  };
}

/** A content that is the same on every machine, but for the facts that it marks. */
export function fixed(text: string, defaults: FileContent["defaults"] = {}): FileContent {
  return { text, needs: factsIn(text), defaults };
}

/** The facts whose markers stand in a text. */
export function factsIn(text: string): readonly FactName[] {
  return text.includes(factMarkerPrefix) ? factNames.filter((fact) => text.includes(factMarker(fact))) : [];
}
