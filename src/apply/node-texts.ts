import type { ClusterSpec } from "../config/spec.ts";
import { ExitCode, UserError } from "../errors.ts";
import { kubeadmConfigPath } from "../kubeadm/files.ts";
import { identityFacts } from "../plan/identity-facts.ts";
import { nodeFiles } from "../plan/node-files.ts";
import type { Plan } from "../plan/plan.ts";
import { type NodeState, statePath, vrrpNumbers } from "../plan/state.ts";
import { isFinalized, readNodeState } from "./node-state.ts";

/** What a node would hold after `prepare`, as far as it can be known without join secrets. */
export interface NodeTexts {
  readonly wanted: readonly { readonly path: string; readonly text: string }[];
  /** Files of ours that would go. */
  readonly stale: readonly string[];
}

/** The texts that the configuration gives a node that was prepared before; nobody and nothing else is asked. */
export function nodeTexts(
  plan: Plan,
  {
    spec,
    root,
    withoutSecrets,
  }: { readonly spec: ClusterSpec; readonly root: string; readonly withoutSecrets: boolean },
): NodeTexts {
  const state = readNodeState(root);
  if (state === undefined)
    throw new UserError(
      `there is no ${statePath}: this machine was not prepared, so name a directory to compare with`,
      {
        exitCode: ExitCode.environment,
      },
    );
  const node = plan.nodes.find(({ name }) => name === state.node);
  const nodeSpec = spec.nodes.find(({ name }) => name === state.node);
  if (node === undefined || nodeSpec === undefined)
    throw new UserError(`this machine was prepared as ${state.node}, which the configuration does not have`);
  const { role } = state;
  const finalized = role === "init" && isFinalized(root, state);
  const identity = { product: state.product, role, finalized, ...vrrpNumbers(spec, nodeSpec, state) };
  const facts = identityFacts({ ...identity, interface: nodeSpec.interface ?? interfaceOf(state) });
  return nodeFiles(node, {
    view: { role, finalized, facts },
    state,
    runs: () => true,
    keeps: (path) => withoutSecrets && path === kubeadmConfigPath,
  });
}

function interfaceOf({ virtualIP }: NodeState): string | undefined {
  return virtualIP.interface ?? undefined;
}
