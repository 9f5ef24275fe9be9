import type { FilePosition, Severity } from "../findings/finding.ts";
import type { HaproxyModel, NginxModel } from "../model/balancer.ts";
import type { YamlObject } from "../model/kubernetes.ts";
import type { ClusterPicture, NodePicture } from "../model/picture.ts";
import type { CheckScript } from "../model/script.ts";
import type { KeepalivedModel } from "../model/vrrp.ts";
import type { CustomSchemas } from "../schema/custom-schemas.ts";

/** What a rule looks at, and how it is called. */
export type FileRule =
  | (RuleText & { readonly scope: "keepalived"; check(model: KeepalivedModel, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "haproxy"; check(model: HaproxyModel, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "nginx"; check(model: NginxModel, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "script"; check(script: CheckScript, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "pod"; check(pod: YamlObject, context: RuleContext): readonly Hit[] })
  /** The kubeadm documents of one file, in order. */
  | (RuleText & {
      readonly scope: "kubeadm";
      check(documents: readonly YamlObject[], context: RuleContext): readonly Hit[];
    })
  | (RuleText & { readonly scope: "object"; check(object: YamlObject, context: RuleContext): readonly Hit[] })
  /** Every object but kubeadm's documents, static pods too. */
  | (RuleText & { readonly scope: "kubernetes"; check(object: YamlObject, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "node"; check(node: NodePicture, context: RuleContext): readonly Hit[] })
  | (RuleText & { readonly scope: "cluster"; check(cluster: ClusterPicture, context: RuleContext): readonly Hit[] });

/** What is said about a rule, by `explain` and in docs/rules.md. */
export interface RuleText {
  /** Such as KA04; stable: people ignore and look up rules by it. */
  readonly id: string;
  /** Kebab case, such as nopreempt-weight. */
  readonly name: string;
  /** Names that the same thing has elsewhere. */
  readonly aliases?: readonly string[];
  /** Of most of its hits. */
  readonly severity: Severity;
  /** What must hold, in one sentence. */
  readonly summary: string;
  /** Why it matters, with a link to the source. */
  readonly reason: string;
  /** The change that mends it, in general. */
  readonly remedy: string;
}

/** One place where a rule does not hold. */
export interface Hit {
  readonly position: FilePosition;
  /** The key or block, such as `vrrp_instance VI_1.nopreempt`. */
  readonly path: string;
  /** One clause with the values found. */
  readonly message: string;
  /** The change here, where it says more than the rule's own. */
  readonly remedy?: string;
  readonly severity?: Severity;
  /** The change as text, where there is one right way. */
  readonly fix?: Fix;
}

/** A change of one line, which `--fix` shows and `--write` makes. */
export interface Fix {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The text on that line that is replaced; it stands there once. */
  readonly find: string;
  /** What takes its place; a line that becomes empty goes. */
  readonly replace: string;
}

/** What surrounds the thing that is checked. */
export interface RuleContext {
  /** The machine it belongs to. */
  readonly node: NodePicture;
  readonly cluster: ClusterPicture;
  /** Minor of the release of Kubernetes that it is for, such as 34. */
  readonly kubernetesMinor: number;
  /** The release itself, such as v1.34.10. */
  readonly kubernetesVersion: string;
  /** Whether the user named it: then it counts, whatever a document says. */
  readonly isAsked?: boolean;
  /** Schemas of custom resources. */
  readonly customSchemas?: CustomSchemas | undefined;
  /** What is said of objects without a schema; nothing by default. */
  readonly unknownKinds?: UnknownKinds | undefined;
}

export const unknownKindsChoices = ["skip", "warn", "error"] as const;
export type UnknownKinds = (typeof unknownKindsChoices)[number];
