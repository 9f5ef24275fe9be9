import { nodeChecks } from "../../checks/index.ts";
import type { NodeCheck } from "../../checks/check.ts";
import { components } from "../../components/index.ts";
import { vrrpPriority } from "../../components/keepalived/config.ts";
import { findDocument } from "../../config/kubeadm-documents.ts";
import { type ClusterSpec, nodeAddress, type NodeSpec } from "../../config/spec.ts";
import { secretsLeftOut } from "../../config/saved.ts";
import { endpointURLs } from "../../config/endpoint-urls.ts";
import { kubeadmConfigPath, needsFinalize } from "../../kubeadm/files.ts";
import { bringsOwnDiscovery } from "../../kubeadm/join-configuration.ts";
import { secretPaths } from "../../kubeadm/secrets.ts";
import { savedConfigurationPath } from "../../plan/make-plan.ts";
import { nextSteps } from "../../plan/next-steps.ts";
import {
  clusterExistsMessage,
  foreignFileReasons,
  interfaceMissingMessage,
  keptMessages,
  nodeChangedMessage,
  notShown,
  roleReasons,
  roleReport,
  stackChangedMessage,
} from "../../plan/node-messages.ts";
import type { PlannedNode } from "../../plan/plan.ts";
import { stateHead, vrrpNumbers } from "../../plan/state.ts";
import { type Lines, shellWord } from "../../render/text.ts";
import { fileFunctions, printersWithSecrets } from "./contents.ts";
import { joinEndpointCheck } from "./join-endpoint.ts";
import { hereDocument, shellName } from "./shell.ts";
import { stateFunction } from "./state.ts";
import engine from "./engine.generated.json" with { type: "json" };

/** What a script is made for. */
export interface ScriptInput {
  readonly spec: ClusterSpec;
  readonly node: PlannedNode;
  /** Version of this program. */
  readonly product: string;
}

/** The node script: does the node's part of the plan with nothing but a POSIX shell, coreutils, util-linux and iproute2. */
export function nodeScript(input: ScriptInput): string {
  const { spec, node, product } = input;
  const nodeSpec = spec.nodes.find(({ name }) => name === node.name);
  if (nodeSpec === undefined) throw new Error(`no node ${node.name}`);
  const head = stateHead(spec, nodeSpec, {
    product,
    role: node.bootstrap,
    finalized: false,
    interface: undefined,
    ...vrrpNumbers(spec, nodeSpec, undefined),
  });
  return `${[
    introduction(input),
    settings(input, nodeSpec),
    messages,
    joinEndpointCheck(spec),
    comparison(spec, nodeSpec),
    checks(spec, nodeSpec),
    stateFunction(head),
    configurationChecks(spec),
    fileFunctions(node),
    steps(spec, node),
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

function settings({ spec, node }: ScriptInput, nodeSpec: NodeSpec): string {
  const { virtualRouterID, rank } = vrrpNumbers(spec, nodeSpec, undefined);
  const values = {
    node: node.name,
    bootstrap: node.role === "worker" ? "worker" : node.bootstrap,
    own_address: nodeAddress(nodeSpec, spec.virtualIP.addresses[0]).text,
    endpoints: endpointURLs(spec)
      .map((url) => url.replace("https://", ""))
      .join(" "),
    own_discovery: bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration")) ? "yes" : "",
    interface: nodeSpec.interface ?? "",
    rank: rank === null ? "" : String(rank),
    rank_chosen: nodeSpec.rankChosen ? "yes" : "",
    virtualRouterID: virtualRouterID === null ? "" : String(virtualRouterID),
    virtual_router_id_chosen: spec.keepalived.virtualRouterIDChosen ? "yes" : "",
    priority: rank === null ? "" : String(vrrpPriority(rank)),
    printers_with_secrets: printersWithSecrets(spec, node).join(" "),
    not_shown: notShown,
    lacks_secrets: lacksSecrets(spec, node) ? kubeadmConfigPath : "",
    interface_missing: interfaceMissingMessage(node.name, nodeAddress(nodeSpec, spec.virtualIP.addresses[0]).text),
  };
  const empty =
    "asked join_command_file ignored adopt dry_run root about errors joinToken caCertHashes certificateKey member prepared " +
    "state_version state_node state_role state_virtual_ip state_load_balancer state_virtual_router_id state_rank state_finalized " +
    "state_directories state_adopted state_files join_file join_file_name finalized planned_paths kept_paths incomplete_paths " +
    "interface_needed entries plan_lines reported staged made_directories missing_directories made_for_lock newly_adopted foreign_problems " +
    "impossible_problems stale_manifests stale_files stale_paths abandoned_paths something_changed role_line";
  return [
    ...Object.entries(values).map(([name, value]) => `${name}=${value === "" ? "''" : shellWord(value)}`),
    ...empty.split(" ").map((name) => `${name}=''`),
    "newline='\n'",
    `tab=$(printf '\\t')`,
    `carriage_return=$(printf '\\r')`,
    "quotes=\\'\\\"\\`",
  ].join("\n");
}

// Made from what a node keeps, from which secrets were left out.
function lacksSecrets({ kubeadmDocuments }: ClusterSpec, { files }: PlannedNode): boolean {
  const saved = files.find(({ path }) => path === savedConfigurationPath)?.variants.join?.text ?? "";
  return saved.startsWith(secretsLeftOut) && kubeadmDocuments.every((document) => secretPaths(document).length === 0);
}

function comparison(spec: ClusterSpec, node: NodeSpec): string {
  const { virtualRouterID, rank } = vrrpNumbers(spec, node, undefined);
  const after = { virtualIP: spec.virtualIP.provider, loadBalancer: spec.loadBalancer.provider };
  const stacks = ["kube-vip", "keepalived", "none"].flatMap((virtualIP) =>
    ["none", "haproxy", "nginx", "lvs", "external"].map((loadBalancer) => ({ virtualIP, loadBalancer })),
  );
  const cases = stacks
    .filter((stack) => stack.virtualIP !== after.virtualIP || stack.loadBalancer !== after.loadBalancer)
    .map(
      (before) =>
        `  ${before.virtualIP}:${before.loadBalancer}) problem error StackChanged ${shellWord(stackChangedMessage(before, after))} ;;`,
    );
  const kept = [
    [virtualRouterID, "virtualRouterID", "VirtualRouterIDKept", keptMessages.virtualRouterID],
    [rank, "rank", "RankKept", keptMessages.rank],
  ] as const;
  const keptLines = kept.flatMap(([value, variable, name, message]) =>
    value === null
      ? []
      : [`  [ "$${variable}" = ${value} ] || problem warning ${name} "${message(`$${variable}`, String(value))}"`],
  );
  return `# What an earlier run decided and this one must not overturn by the way.
compare_with_state() {
  about=files
  [ -n "$prepared" ] || return 0
  [ "$state_node" = "$node" ] || problem error NodeChanged "${nodeChangedMessage("$state_node", "$node")}"
  case $state_virtual_ip:$state_load_balancer in
${cases.join("\n")}
  esac
${keptLines.join("\n")}
}`;
}

function checks(spec: ClusterSpec, node: NodeSpec): string {
  const written = nodeChecks
    .map((check) => ({ check, body: check.shell(spec, node) }))
    .filter(({ body }) => body.length > 0);
  const calls = written.map(({ check }) => `  about=${check.about}\n  ${functionName(check)}`);
  const functions = written.map(
    ({ check, body }) => `# ${check.summary}\n${functionName(check)}() {\n${indent(body)}\n}`,
  );
  return `${functions.join("\n\n")}\n\nrun_checks() {\n${calls.join("\n")}\n  about=files\n}`;
}

function functionName({ id }: NodeCheck): string {
  return `check_${shellName(id)}`;
}

function configurationChecks(spec: ClusterSpec): string {
  const calls = components
    .filter((component) => component.appliesTo(spec))
    .flatMap(({ name, configCheck }) =>
      configCheck === undefined
        ? []
        : [`  check_configuration ${name} ${configCheck.path} ${configCheck.command.join(" ")}`],
    );
  return `check_configurations() {\n${calls.length === 0 ? "  :" : calls.join("\n")}\n}`;
}

const messages = `# What is said by the way of deciding.
reason_init=${shellWord(roleReasons.asked("init"))}
reason_join=${shellWord(roleReasons.asked("join"))}
reason_before=${shellWord(roleReasons.before)}
reason_worker=${shellWord(roleReasons.worker)}
reason_not_first=${shellWord(roleReasons.notFirst)}
reason_join_file=${shellWord(roleReasons.joinFile)}
reason_ignored=${shellWord(roleReasons.ignored)}
reason_nobody_to_ask=${shellWord(roleReasons.nobodyToAsk)}
message_cannot_ask=${shellWord(roleReasons.cannotAsk)}

reason_nothing_answers() {
  printf '%s' "${roleReasons.nothingAnswers("$1")}"
}

message_cluster_exists() {
  printf '%s' "${clusterExistsMessage("$1")}"
}

foreign_file_reason() {
  case $1 in
${Object.entries(foreignFileReasons)
  .map(([kind, text]) => `  ${kind}) printf '%s' ${shellWord(text)} ;;`)
  .join("\n")}
  esac
}`;

function steps(spec: ClusterSpec, node: PlannedNode): string {
  const text = nextSteps(spec, node);
  const print = (lines: Lines): string => hereDocument(`${lines.join("\n")}\n`);
  const finalize = needsFinalize(spec) ? `[ "$role" = join ] || [ -n "$finalized" ] || step_finalize` : ":";
  const reloads = Object.entries(text.reload).map(
    ([path, lines]) => `    if changed_file ${path}; then\n${print(lines)}\n      reloads=yes\n    fi`,
  );
  return `step_finalize() {
${print(text.finalize)}
}

next_steps() {
  if [ -n "$member" ]; then
    reloads=''
${reloads.join("\n")}
    if [ -z "$reloads" ]; then
${print(text.member)}
    fi
    ${finalize}
  elif [ "$role" = init ]; then
${print(text.init)}
    ${finalize}
  else
    case $newline$incomplete_paths in
    *"$newline${kubeadmConfigPath}$newline"*)
${print(text.secrets)}
      ;;
    *)
${print(text.join)}
      ;;
    esac
  fi
}

tell_role() {
  if [ "$role" = init ]; then
    role_line="${roleReport("$node", "init", "$role_reason")}$newline"
  else
    role_line="${roleReport("$node", "join", "$role_reason")}$newline"
  fi
}`;
}

function indent(lines: Lines): string {
  return lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}
