import { type ClusterSpec, controlPlaneNodes, nodeAddress } from "../../config/spec.ts";
import { braces, comment, type Lines } from "../../render/text.ts";

/** The IPVS service of the virtual IP, by direct routing; none where another balancer is used. */
export function virtualServers(spec: ClusterSpec): readonly Lines[] {
  if (spec.loadBalancer.provider !== "lvs") return [];
  const { port } = spec.loadBalancer;
  return spec.virtualIP.addresses.map((vip) =>
    braces(`virtual_server ${vip.text} ${port}`, [
      ...comment(
        "Experimental. Direct routing: the kernel passes packets on as they are, and the API servers, which\nhave the address on lo, answer clients past this machine. It can neither change the port nor see\nthe certificate's authority. Three failures take a server out, so that an etcd election, which fails\n/readyz everywhere, does not.",
      ),
      "lvs_sched lc",
      "lvs_method DR",
      "protocol TCP",
      "delay_loop 1",
      ...controlPlaneNodes(spec).flatMap((node) =>
        braces(`real_server ${nodeAddress(node, vip).text} ${port}`, [
          `# ${node.name}`,
          "weight 1",
          ...braces("SSL_GET", [
            "connect_timeout 1",
            "retry 2",
            "delay_before_retry 1",
            ...braces("url", ["path /readyz", "status_code 200"]),
          ]),
        ]),
      ),
    ]),
  );
}

/** After how many seconds without /readyz a member gives the address up: the directors have left it by then. */
export const memberFall = 10;
