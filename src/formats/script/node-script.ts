import { nodeNamed } from "../../config/spec.ts";
import { stateHead, vrrpNumbers } from "../../plan/state.ts";
import { checkFunctions, configurationChecks } from "./check-functions.ts";
import { fileFunctions } from "./contents.ts";
import engine from "./engine.generated.json" with { type: "json" };
import { joinEndpointCheck } from "./join-endpoint.ts";
import { messages } from "./messages.ts";
import { type ScriptInput, settingLines } from "./settings.ts";
import { stateComparison } from "./state-comparison.ts";
import { stateFunction } from "./state.ts";
import { stepFunctions } from "./steps.ts";

/** The node script: does the node's part of the plan with nothing but a POSIX shell, coreutils, util-linux and iproute2. */
export function nodeScript(input: ScriptInput): string {
  const { spec, node, product } = input;
  const nodeSpec = nodeNamed(spec, node.name);
  const head = stateHead(spec, nodeSpec, {
    product,
    role: node.bootstrap,
    finalized: false,
    interface: undefined,
    ...vrrpNumbers(spec, nodeSpec, undefined),
  });
  return `${[
    introduction(input),
    settingLines(input, nodeSpec),
    messages,
    joinEndpointCheck(spec),
    stateComparison(spec, nodeSpec),
    checkFunctions(spec, nodeSpec),
    stateFunction(head),
    configurationChecks(spec),
    fileFunctions(node),
    stepFunctions(spec, node),
    ...Object.values(engine).map((text) => text.trimEnd()),
    'main "$@"',
  ].join("\n\n")}\n`;
}

function introduction({ spec, node, product }: ScriptInput): string {
  return `#!/bin/sh
# Prepares ${node.name} for kubeadm (Kubernetes ${spec.kubernetesVersion.text}); made by kubeadm-ha ${product}.
#
# Type  ssh root@${node.name} sh < THIS_FILE  where you are, or  sh THIS_FILE  on ${node.name}; --help lists options.
# It needs a POSIX shell, coreutils, util-linux and iproute2, and asks the endpoint with curl, wget,
# bash or openssl. Everything is a function, so nothing runs before the last line has arrived.
#
# shellcheck disable=SC2034,SC2154 # variables are set and read in different functions, some by eval
# shellcheck disable=SC2209 # join is a role here, not the program
# shellcheck disable=SC2030,SC2031 # what a pipeline finds it prints; its variables are its own
set -uf
LC_ALL=C
export LC_ALL
PATH=\${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
}
