import { existsSync } from "node:fs";
import path from "node:path";

import { examplePlan, nodeExampleNames, versionsOf } from "../../../scripts/examples.ts";
import { bracketed } from "../../../src/net/address.ts";
import { root } from "../../support/built.ts";
import { printedCommand } from "./join-texts.ts";
import type { Preparation } from "./preparing.ts";

/** A node of an example, and how it is prepared. */
export interface ExampleNode extends Preparation {
  readonly name: string;
  readonly role: "init" | "join";
  /** What join-command.sh would print for it. */
  readonly joinCommand: string;
}

/** The founder, a joiner, a worker and a load balancer of every example, as far as there are any; the releases of Kubernetes take turns. */
export function exampleNodes(): readonly ExampleNode[] {
  return nodeExampleNames(root).flatMap((example, index) => {
    const versions = versionsOf(example);
    const version = versions[index % versions.length] ?? "";
    const directory = path.join(root, "manifests", example);
    const { spec, plan } = examplePlan(directory, version);
    const documents = path.join(directory, `kubeadm-${version.startsWith("v1.30.") ? "v1beta3" : "v1beta4"}.yaml`);
    const changes = [
      "--kubernetes-version",
      version,
      ...(existsSync(documents) ? ["--kubeadm-config", documents] : []),
    ];
    const founder = plan.nodes.find(({ bootstrap }) => bootstrap === "init");
    const joiner = plan.nodes.find((node) => node.role === "control-plane" && node !== founder);
    const worker = plan.nodes.find(({ role }) => role === "worker");
    const balancer = plan.nodes.find(({ role }) => role === "load-balancer");
    const joinCommand = joinCommandFor(`${bracketed(spec.endpoint.host)}:${spec.endpoint.port}`);
    return [founder, joiner, worker, balancer].flatMap((node): readonly ExampleNode[] => {
      if (node === undefined) return [];
      const role = node === founder ? "init" : "join";
      const name = `${example} ${version}, ${node.name} (${role})`;
      return [{ name, file: path.join(directory, "ha.yaml"), node: node.name, changes, role, joinCommand }];
    });
  });
}

/** A join command with secrets of the right form that are good for nothing. */
export function joinCommandFor(endpoint: string): string {
  return printedCommand(
    {
      endpoint,
      token: "abcdef.0123456789abcdef",
      caCertHashes: [`sha256:${"0123456789abcdef".repeat(4)}`],
      certificateKey: "fedcba9876543210".repeat(4),
    },
    "control-plane",
  );
}
