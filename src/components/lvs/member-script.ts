import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { clusterCAPath } from "../cluster-ca.ts";
import { memberFall } from "./virtual-server.ts";

export const memberScriptPath = "/etc/kubeadm-ha/lvs/member.sh";

/** Keeps the virtual IP on lo of a control-plane node while its API server is ready. */
export function memberScript(spec: ClusterSpec): string {
  const { apiServerPort: port, virtualIP } = spec;
  const addresses = virtualIP.addresses.map(({ text }) => text);
  return `#!/bin/sh
# ${generatedBy}
#
# Experimental. Has ${addresses.join(" and ")} on lo while the API server of this node is ready, so that it takes the
# packets that the load balancers pass on, and so that this machine's own clients reach it. Never before:
# kubeadm join goes to the virtual IP, and would find nobody at home here.
PATH=/usr/sbin:/usr/bin:/sbin:/bin

ready() {
  curl --noproxy '*' --fail --silent --output /dev/null --max-time 1 --cacert ${clusterCAPath} \\
    --resolve kubernetes:${port}:127.0.0.1 https://kubernetes:${port}/readyz
}

withdraw() {
${addresses.map((address) => `  ip addr del ${address}/32 dev lo 2>/dev/null`).join("\n")}
  present=''
}

trap 'exit 0' INT TERM
trap withdraw EXIT
present='' failed=0
while :; do
  if ready; then
    failed=0
    if [ -z "$present" ]; then
${addresses.map((address) => `      ip addr replace ${address}/32 dev lo`).join("\n")}
      present=yes
    fi
  elif [ -n "$present" ]; then
    failed=$((failed + 1))
    # The load balancers leave a server after three seconds: who went first would swallow its connections.
    [ "$failed" -lt ${memberFall} ] || withdraw
  fi
  sleep 1
done
`;
}
