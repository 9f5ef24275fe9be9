import type { NodeSpec } from "../../../config/spec.ts";
import { isManifest } from "../../../plan/node-files.ts";
import type { PlannedNode } from "../../../plan/plan.ts";
import { shellWord } from "../../../render/text.ts";

/** How the script begins: its surroundings, and what is known of the node. */
export function settingLines(node: PlannedNode, nodeSpec: NodeSpec): string {
  const manifests = node.files.filter(({ path }) => isManifest(path)).map(({ path }) => path.replace(/.*\//, ""));
  const directories = new Set(
    node.files.map(({ path }) => path.replace(/\/[^/]*$/, "")).filter((path) => path.startsWith("/etc/kubeadm-ha")),
  );
  const values = {
    ...(nodeSpec.addresses.length === 0 && { node: "" }),
    ...(nodeSpec.interface === undefined && { interface: "" }),
    // Where there are none, nothing is called so.
    manifests: manifests.toSorted().join("\n") || "-",
    own_directories: [...directories.add("/etc/kubeadm-ha")].toSorted().join(" "),
  };
  return `set -uf
LC_ALL=C
export LC_ALL
PATH=\${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
root=\${1-}
join_file=$root/run/kubeadm-ha/join
joinToken='' caCertHashes='' certificateKey=''
${Object.entries(values)
  .map(([name, value]) => (name === "node" ? "node=$(uname -n)" : `${name}=${shellWord(value)}`))
  .join("\n")}`;
}
