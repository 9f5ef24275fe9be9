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
export const factNames = ["interface", "joinToken", "caCertHashes", "certificateKey"] as const;
export type FactName = (typeof factNames)[number];

/** The text of a file, complete but for the facts it needs. */
export interface FileContent {
  readonly text: string;
  /** Facts whose markers stand in the text. */
  readonly needs: readonly FactName[];
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
}

/** Everything that makes a cluster highly available, as data. */
export interface Plan {
  readonly nodes: readonly PlannedNode[];
  /** What a person types, in order. */
  readonly runbook: string;
}

export interface PlannedNode {
  readonly name: string;
  readonly role: "control-plane" | "worker";
  readonly bootstrap: BootstrapRole;
  readonly files: readonly PlannedFile[];
}

/** The text that stands for a fact; no configuration may contain it (rule `reserved-text`). */
export function factMarker(fact: FactName): string {
  return `${factMarkerPrefix}${fact}`;
}

export const factMarkerPrefix = "KUBEADM_HA_FACT_";

/** A content that is the same on every machine. */
export function fixed(text: string): FileContent {
  return { text, needs: factNames.filter((fact) => text.includes(factMarker(fact))) };
}
