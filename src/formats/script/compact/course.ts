import { endpointURLs } from "../../../config/endpoint-urls.ts";
import { findDocument } from "../../../config/kubeadm-documents.ts";
import { type ClusterSpec, nodeAddress, type NodeSpec } from "../../../config/spec.ts";
import { bringsOwnDiscovery } from "../../../kubeadm/join-configuration.ts";
import { unitNames } from "../../../plan/node-files.ts";
import type { BootstrapRole, PlannedNode } from "../../../plan/plan.ts";
import { shellWord } from "../../../render/text.ts";

/** What the script does, in this order. */
export function course(spec: ClusterSpec, node: PlannedNode, nodeSpec: NodeSpec): string {
  const roles = rolesOf(spec, node);
  const addresses = nodeSpec.addresses.map(({ text }) => text);
  const units = unitNames(node.files);
  const checksAll = isChecked(spec, node);
  // Nobody may touch a member: kubeadm, finalize and people have been here.
  const member = `[ ! -e "$root/etc/kubernetes/kubelet.conf" ] || exit 0`;
  const address = `[ -n "$root" ] || case $(ip -o addr show 2>/dev/null) in
${addresses.map((text) => `*" ${text}/"*`).join(" | ")}) ;;
*) refuse "${addresses.join(" or ")}, the address of ${node.name}, is not on this machine" ;;
esac`;
  return [
    ...(node.role === "load-balancer" ? [] : [member]),
    "take_lock",
    `[ ! -e "$root$config.held" ] || mv -f "$root$config.held" "$root$config"`,
    ...(addresses.length > 0 && !checksAll ? [address] : []),
    roles.includes("init") ? decision(spec, roles.includes("join")) : "role=join",
    ...(roles.includes("join") ? [`[ "$role" = init ] || read_join_file`] : []),
    ...(nodeSpec.interface === undefined && addresses.length > 0
      ? [findInterface(nodeAddress(nodeSpec, spec.virtualIP.addresses[0]).text)]
      : []),
    ...(checksAll ? [checkSteps] : []),
    "make_files",
    presence,
    `put $state 0600 state_text`,
    `[ "$role" = init ] || rm -f "$join_file"`,
    ...(units.length === 0 ? [] : [startSteps(units)]),
    ...(node.role === "load-balancer" ? [] : [report]),
  ].join("\n");
}

/** The parts that a node may come to play: the founder may find that it has to join, all others never found. */
export function rolesOf(spec: ClusterSpec, { bootstrap }: PlannedNode): readonly BootstrapRole[] {
  if (bootstrap === "join") return ["join"];
  return bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration")) ? ["init"] : ["init", "join"];
}

/** Whether the preflight checks are in the script: kubeadm checks itself what kube-vip alone needs: our own checks are of the ports and daemons beside it. */
export function isChecked({ virtualIP, loadBalancer }: ClusterSpec, { role }: PlannedNode): boolean {
  return (
    role === "load-balancer" ||
    (role === "control-plane" && (virtualIP.provider === "keepalived" || loadBalancer.provider !== "none"))
  );
}

// Whoever has begun to join goes on joining; else the first control-plane node founds the cluster if there is none.
function decision(spec: ClusterSpec, mayJoin: boolean): string {
  const urls = endpointURLs(spec);
  // A boot must not wait for nobody: one and a half seconds for all. Who takes the connection by then is no nobody.
  const seconds = Math.floor(15 / urls.length) / 10;
  const questions = urls
    .map((url) => url.replace("https://", ""))
    .map((place) => [place, place.replaceAll(/[[\]]/g, "").replace(/:(\d+)$/, "/$1")].map(shellWord))
    .map((words) => `no_cluster_at ${words.join(" ")} ${seconds}`);
  if (!mayJoin) return ["role=init", ...questions].join("\n");
  return `role=init
if [ -f "$join_file" ] || grep -q '"role": "join"' "$root$state" 2>/dev/null; then
role=join
else
${questions.join("\n")}
fi`;
}

function findInterface(address: string): string {
  return `interface=$(ip -o addr show to ${address} 2>/dev/null | head -n 1 | sed 's/^[0-9]*: *//;s/[ @].*//')`;
}

const checkSteps = `errors='' member='' prepared=''
[ ! -e "$root$state" ] || prepared=yes
run_checks
[ -z "$errors" ] || refuse 'this machine is not prepared'`;

// Only a joining machine without secrets has no kubeadm.yaml yet.
const presence = `for path in $files; do
[ -f "$root$path" ] || [ "$role$path" = "join$config" ] || fail 3 "$path is missing"
done`;

// At the first boot runs cloud-init, and systemd already.
function startSteps(units: readonly string[]): string {
  const words = units.join(" ");
  return `if [ -z "$root" ] && [ -d /run/systemd/system ]; then
{ systemctl daemon-reload && systemctl enable --quiet ${words} && systemctl start --no-block ${words}; } || fail 3 'systemctl cannot start ${words}'
fi`;
}

const report = `if [ -e "$root$config" ]; then
echo "Next: kubeadm $role --config $config"
else
echo "No join secrets yet: bring $join_file, then run this once more"
fi`;
