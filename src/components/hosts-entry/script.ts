import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";

export const hostsScriptPath = "/etc/kubeadm-ha/hosts-entry.sh";

/** Puts the endpoint's name into /etc/hosts and takes it away again. */
export function hostsScript({ endpoint: { host }, virtualIP }: ClusterSpec): string {
  return `#!/bin/sh
# ${generatedBy}
# Puts ${host} into /etc/hosts (add) or takes it away again (remove). Only lines that end in
# "# kubeadm-ha" are ours; a second time either changes nothing.
set -eu
hosts=\${HOSTS_FILE:-/etc/hosts}
new=\${hosts%/*}/.\${hosts##*/}.kubeadm-ha

entries() {
${virtualIP.addresses.map(({ text }) => `  echo '${text} ${host} # kubeadm-ha'`).join("\n")}
}

[ -e "$hosts" ] || : >"$hosts"
# A copy, for its mode and owner.
cp -p "$hosts" "$new"
case \${1:-} in
add)
  # awk ends every line: a last one without an end would become one with ours.
  { awk '!/ # kubeadm-ha$/' "$hosts" && entries; } >"$new"
  ;;
remove) sed '/ # kubeadm-ha$/d' "$hosts" >"$new" ;;
*)
  echo "hosts-entry.sh: add or remove" >&2
  rm -f "$new"
  exit 2
  ;;
esac
if cmp -s "$new" "$hosts"; then
  rm -f "$new"
elif ! mv -f "$new" "$hosts" 2>/dev/null; then
  # Somebody has mounted the file: it can be written, but not replaced.
  cat "$new" >"$hosts"
  rm -f "$new"
fi
`;
}
