import { nodeNamed, type NodeSpec } from "../../config/spec.ts";
import { stateHead, vrrpNumbers } from "../../plan/state.ts";
import { checkFunctions } from "./check-functions.ts";
import { course, isChecked, rolesOf } from "./compact/course.ts";
import { placingFunctions } from "./compact/place.ts";
import { settingLines } from "./compact/settings.ts";
import { nodeMark, stateFunction } from "./compact/state.ts";
import { stripped } from "./compact/strip.ts";
import engine from "./machine.generated.json" with { type: "json" };
import type { ScriptInput } from "./settings.ts";

export { type GivenFile, givenFiles } from "./compact/files.ts";

/** What a script for user data is made for. */
export interface CompactInput extends ScriptInput {
  /** A machine of a group, which no list names: its name is the machine's own, and it has no addresses here. */
  readonly anyNode?: NodeSpec;
}

/**
 * The node script for user data, which is small: it leaves the same files as the node script, has no options, since
 * nobody is there to give them, and looks for less: not for foreign files or another cluster's join secrets, and for
 * kube-vip alone only for the node's address and a cluster that answers. The files of `givenFiles` must be in their places before it runs;
 * its only argument is a root directory. A document that is compressed as a whole is smallest with this text as it is.
 */
export function compactScript(input: CompactInput): string {
  const { spec, node, product, anyNode } = input;
  const nodeSpec = anyNode ?? nodeNamed(spec, node.name);
  const roles = rolesOf(spec, node);
  const head = stateHead(spec, anyNode === undefined ? nodeSpec : { ...anyNode, name: nodeMark }, {
    product,
    role: node.bootstrap,
    finalized: false,
    interface: nodeSpec.interface,
    ...vrrpNumbers(spec, nodeSpec, undefined),
  });
  const checks = isChecked(spec, node) ? [engine["problems.sh"], checkFunctions(spec, nodeSpec)] : [];
  const parts = [
    settingLines(node, nodeSpec),
    engine["functions.sh"],
    ...(roles.includes("init") ? [engine["role.sh"]] : []),
    ...(roles.includes("join") ? [engine["join-file.sh"]] : []),
    ...checks,
    engine["state.sh"],
    ...placingFunctions(node, roles),
    stateFunction(head),
  ].map(stripped);
  return `${["#!/bin/sh", introduction(input), ...parts, stripped(course(spec, node, nodeSpec))].join("\n")}\n`;
}

function introduction({ node, anyNode, product }: CompactInput): string {
  const name = anyNode === undefined ? node.name : "a machine";
  return `# Prepares ${name} for kubeadm; made by kubeadm-ha ${product}.`;
}
