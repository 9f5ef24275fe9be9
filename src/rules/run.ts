import { type FilePosition, type Finding, inOrder } from "../findings/finding.ts";
import type { ClusterPicture, NodePicture } from "../model/picture.ts";
import type { Fix, FileRule, Hit, RuleContext } from "./rule.ts";
import { fileRules } from "./index.ts";

/** A finding of a rule, with the change that mends it where there is one right way. */
export interface RuleFinding extends Finding {
  readonly position: FilePosition;
  readonly fix?: Fix;
}

/** The release that files are judged for. */
export type Release = Pick<
  RuleContext,
  "kubernetesMinor" | "kubernetesVersion" | "isAsked" | "customSchemas" | "unknownKinds"
>;

/** Every hit of every rule, in the order of their places, none twice. */
export function runRules(
  clusters: readonly ClusterPicture[],
  release: Release,
  rules: readonly FileRule[] = fileRules,
): readonly RuleFinding[] {
  const findings = clusters.flatMap((cluster) =>
    rules.flatMap((rule) =>
      subjectsOf(rule, cluster).flatMap(({ node, check }) =>
        check({ node, cluster, ...release }).map((hit) => finding(rule, hit)),
      ),
    ),
  );
  return inOrder(findings) as readonly RuleFinding[];
}

interface Subject {
  readonly node: NodePicture;
  check(context: RuleContext): readonly Hit[];
}

function subjectsOf(rule: FileRule, cluster: ClusterPicture): readonly Subject[] {
  if (rule.scope === "cluster") {
    const [node] = cluster.nodes;
    return node === undefined ? [] : [{ node, check: (context) => rule.check(cluster, context) }];
  }
  return cluster.nodes.flatMap((node) => checksOf(rule, node).map((check) => ({ node, check })));
}

function checksOf(rule: Exclude<FileRule, { scope: "cluster" }>, node: NodePicture): readonly Subject["check"][] {
  switch (rule.scope) {
    case "keepalived":
      return node.keepalived.map((model) => (context) => rule.check(model, context));
    case "haproxy":
      return node.haproxy.map((model) => (context) => rule.check(model, context));
    case "nginx":
      return node.nginx.map((model) => (context) => rule.check(model, context));
    case "script":
      return node.scripts.map((script) => (context) => rule.check(script, context));
    case "pod":
      return node.pods.map((pod) => (context) => rule.check(pod, context));
    case "object":
      return node.objects.map((object) => (context) => rule.check(object, context));
    case "kubernetes":
      return [...node.pods, ...node.objects].map((object) => (context) => rule.check(object, context));
    case "kubeadm": {
      const files = [...new Set(node.kubeadm.map(({ file }) => file))];
      return files.map(
        (file) => (context) =>
          rule.check(
            node.kubeadm.filter((document) => document.file === file),
            context,
          ),
      );
    }
    case "node":
      break;
  }
  return [(context) => rule.check(node, context)];
}

function finding(rule: FileRule, hit: Hit): RuleFinding {
  return {
    rule: rule.id,
    severity: hit.severity ?? rule.severity,
    path: hit.path,
    message: hit.message,
    reason: rule.reason,
    remedy: hit.remedy ?? rule.remedy,
    position: hit.position,
    ...(hit.fix && { fix: hit.fix }),
  };
}
