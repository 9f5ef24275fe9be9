import { components } from "../components/index.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { problemName } from "../plan/node-messages.ts";
import { statePath } from "../plan/state.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { kubeadmManifests } from "./kubeadm-files.ts";
import { mentionPattern } from "./mentions.ts";
import { problemCall, variable } from "./shell.ts";

/** Two agents take the address from each other for ever. */
export const foreignAgent: NodeCheck = {
  id: "ForeignAgent",
  summary: "No static pod of somebody else names the virtual IP.",
  reason:
    "a second agent for one virtual IP, such as a hand-made kube-vip, takes it from ours and gives it back for ever",
  about: "files",
  run: ({ spec, node, facts }) => {
    if (node.role !== "control-plane") return [];
    const known = knownManifests(spec);
    return facts.manifests
      .filter(
        ({ name, namesVirtualIP, ours }) => namesVirtualIP && !ours && !name.startsWith(".") && !known.includes(name),
      )
      .map(({ name }) => foreign(name.replaceAll(/[^A-Za-z0-9._-]/g, "?"), spec));
  },
  shell,
};

function shell(spec: ClusterSpec, node: NodeSpec): readonly string[] {
  if (node.role !== "control-plane" || spec.virtualIP.addresses.length === 0) return [];
  return [
    `foreign_state=$(cat "$root${statePath}" 2>/dev/null)`,
    "set +f",
    `set -- "$root${directory}"/*`,
    "set -f",
    "for foreign_file do",
    '  [ -f "$foreign_file" ] || continue',
    "  foreign_name=${foreign_file##*/}",
    `  case $foreign_name in ${knownManifests(spec).join(" | ")}) continue ;; esac`,
    `  case $foreign_state in *"\\"path\\": \\"${directory}/$foreign_name\\""*) continue ;; esac`,
    `  { foreign_text=" $(head -c ${manifestLimit} "$foreign_file") "; } 2>/dev/null`,
    "  case $foreign_text in",
    `    ${spec.virtualIP.addresses.map(mentionPattern).join(" | ")})`,
    "      foreign_name=$(printf %s \"$foreign_name\" | LC_ALL=C tr -c 'A-Za-z0-9._-' '?')",
    `      ${problemCall(foreign(variable("foreign_name"), spec))}`,
    "      ;;",
    "  esac",
    "done",
  ];
}

/** How many bytes of a file are looked at. */
export const manifestLimit = 1_048_576;

const directory = "/etc/kubernetes/manifests";

/** kubeadm's and those that we are about to write: what stands in their place is told of each file. */
function knownManifests(spec: ClusterSpec): readonly string[] {
  const ours = components.filter((component) => component.appliesTo(spec)).map(({ name }) => `${name}.yaml`);
  return [...kubeadmManifests, ...ours];
}

function foreign(name: string, spec: ClusterSpec): NodeProblem {
  const path = `${directory}/${name}`;
  const vips = spec.virtualIP.addresses.map(({ text }) => text).join(" or ");
  return {
    name: problemName("ForeignAgent", path),
    severity: "error",
    message: `${path} is not from kubeadm-ha and names ${vips}: if it manages the virtual IP, move it out of the directory, since two agents would fight for the address`,
  };
}
