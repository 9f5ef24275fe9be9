import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { clusterCAPath } from "../cluster-ca.ts";

/** The check of keepalived alone: does the API server of this node live? */
export function apiServerCheck(spec: ClusterSpec, timeoutSeconds: number): string {
  const port = spec.apiServerPort;
  const limit = Math.min(2, timeoutSeconds - 1);
  return `#!/bin/sh
# ${generatedBy}
#
# Does the API server of this node live? keepalived asks every second; without a balancer in front
# of it the VIP is worth nothing on a node where it does not.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# The certificate has the name kubernetes, which no resolver here needs to know. The limit is below
# keepalived's own (${timeoutSeconds} s), so that the script ends by itself.
if command -v curl >/dev/null 2>&1; then
  exec curl --fail --silent --output /dev/null --max-time ${limit} \\
    --cacert ${clusterCAPath} --resolve kubernetes:${port}:127.0.0.1 https://kubernetes:${port}/livez
fi

# wget cannot check the certificate against that name: enough to see that something answers here.
exec wget -q -T ${limit} --no-check-certificate -O /dev/null https://127.0.0.1:${port}/livez
`;
}
