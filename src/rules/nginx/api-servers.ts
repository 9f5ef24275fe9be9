import type { NginxModel, NginxServer, NginxUpstream } from "../../model/balancer.ts";

/** What of a configuration leads to API servers; other streams are left alone. */
export interface ApiServerStreams {
  readonly upstreams: readonly NginxUpstream[];
  readonly servers: readonly NginxServer[];
}

/** Finds it by the port 6443, or by names that speak of an API server. */
export function apiServerStreams({ upstreams, servers }: NginxModel): ApiServerStreams {
  const members = upstreams.filter(
    ({ name, servers: list }) =>
      list.some(({ address }) => apiPort.test(address.value)) || (list.length > 0 && apiName.test(name.value)),
  );
  const names = new Set(members.map(({ name }) => name.value));
  return {
    upstreams: members,
    servers: servers.filter(
      ({ proxyPass }) => proxyPass !== undefined && (names.has(proxyPass.value) || apiPort.test(proxyPass.value)),
    ),
  };
}

const apiPort = /:6443$/;
const apiName = /api-?_?server|kube-?_?api|k8s-?_?api|kube-?_?master|k8s-?_?master|control-?_?plane/i;
