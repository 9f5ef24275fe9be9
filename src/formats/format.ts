import type { ClusterSpec } from "../config/spec.ts";
import type { Facts } from "../plan/facts.ts";
import type { BootstrapRole, FactName, Plan } from "../plan/plan.ts";
import type { BootstrapFormat, ObjectKind } from "./capi/versions.ts";

/** One way to hand a plan over. */
export interface Format {
  readonly name: FormatName;
  readonly summary: string;
  /** What one text of it is called, where it stands for a whole node: half of it would be worse than none. */
  readonly document?: string;
  /** Whether it can make one document for a group of machines, see `FormatOptions.role`. */
  readonly forGroups?: true;
  /** Whether it is for machines that somebody else makes later: no node is listed, and values may be variables. */
  readonly pool?: true;
  /** Whether it needs `FormatInput.compress`. */
  readonly compresses?: true;
  /** What `render` writes or prints; pure. Large ones load when they are asked for. */
  produce(plan: Plan, input: FormatInput): FormatOutput | Promise<FormatOutput>;
}

export const formatNames = [
  "files",
  "json",
  "script",
  "cloud-init",
  "ignition",
  "capi-v1beta1",
  "capi-v1beta2",
  "prometheus-rules",
] as const;
export type FormatName = (typeof formatNames)[number];

export interface FormatInput {
  readonly spec: ClusterSpec;
  /** Version of this program. */
  readonly product: string;
  /** The facts known of a node. */
  facts(node: string, role: BootstrapRole): Facts;
  /** gzip of a text as small as it gets, the same bytes each time; only formats that compress ask for it. */
  readonly compress?: ((text: string) => Uint8Array) | undefined;
  /** What only some formats heed. */
  readonly options?: FormatOptions | undefined;
}

export interface FormatOptions {
  /** One document for all machines of a group, in this role, instead of one for each node. */
  readonly role?: BootstrapRole | undefined;
  /** Of Ignition's specification. */
  readonly ignitionVersion?: IgnitionVersion | undefined;
  readonly clusterApi?: ClusterApiOptions | undefined;
}

/** The versions that Ignition's configurations can be written in; a machine reads all of its major version. */
export const ignitionVersions = ["3.4", "2.3"] as const;
export type IgnitionVersion = (typeof ignitionVersions)[number];

/** What Cluster API's objects are made for. */
export interface ClusterApiOptions {
  /** The object; undefined for the part of one. */
  readonly kind?: ObjectKind | undefined;
  /** What the machines' images read at their first boot. */
  readonly bootstrapFormat?: BootstrapFormat | undefined;
  /** A file that gets the parts instead. */
  readonly into?: { readonly name: string; readonly text: string } | undefined;
  /** Puts the variables of the configuration in their places again. */
  restore(text: string): string;
}

export interface FormatOutput {
  readonly files: readonly OutputFile[];
  /** Files left out because a fact is not known. */
  readonly incomplete: readonly IncompleteFile[];
  /** Paths of what the same format makes when it is asked for something else, and what stands beside these files. */
  readonly beside?: readonly string[] | undefined;
  /** What people are told beside the answer, on stderr; lines without ends. */
  readonly notes?: readonly string[] | undefined;
}

export interface OutputFile {
  /** Below the output directory, with forward slashes. */
  readonly path: string;
  /** On the node; absent for what belongs to no node. */
  readonly node?: string;
  readonly mode: number;
  readonly text: string;
  /** What stands in the text in an encoding, for those who look for secrets. */
  readonly holds?: readonly string[];
}

export interface IncompleteFile {
  readonly node: string;
  readonly path: string;
  readonly missing: readonly FactName[];
}
