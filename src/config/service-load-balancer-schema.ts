import * as v from "valibot";

import { key } from "./key.ts";
import { check, interfaceName, oneOf, plainText } from "./values.ts";

/** The key serviceLoadBalancer. */
export const serviceLoadBalancerSchema = v.object({
  deployAs: key(
    oneOf(["static-pod", "daemon-set"]),
    "in the control plane's static pod, or as a DaemonSet on every node that takes pods",
  ),
  interface: key(interfaceName(), "interface of the services' addresses"),
  electionPerService: key(v.boolean(), "one lease a service, so that the addresses spread over the nodes"),
  class: key(subjectClass(), "serve only services of this loadBalancerClass"),
  onlyServicePorts: key(v.boolean(), "drop what comes to other ports of a service's address"),
  cloudProvider: key(v.boolean(), "install kube-vip-cloud-provider, which hands out the addresses"),
  pools: key(
    v.array(
      v.object({
        namespace: key(namespaceName(), "for services of this namespace; without it for all others"),
        ranges: key(v.array(plainText()), "addresses as FIRST-LAST"),
        cidrs: key(v.array(plainText()), "addresses as networks"),
        dhcp: key(v.boolean(), "addresses from a DHCP server"),
        interface: key(interfaceName(), "interface of this pool's addresses"),
        shareAddresses: key(v.boolean(), "services with different ports may share an IPv4 address"),
      }),
    ),
    "where the addresses come from",
  ),
  searchOrder: key(oneOf(["asc", "desc"]), "from which end of a pool addresses are taken"),
  skipEndAddresses: key(v.boolean(), "leave out the first and last address of a CIDR"),
  egress: key(
    v.object({
      podCIDR: key(plainText(), "pod network"),
      serviceCIDR: key(plainText(), "service network"),
    }),
    "networks that pods with a service's address as their source reach without it",
  ),
});

function namespaceName() {
  return v.pipe(
    plainText(),
    check(
      (text) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) && text !== "global",
      "namespace",
      "is no namespace with a pool of its own",
      "write its name, and leave the key out for the pool of all others",
    ),
  );
}

function subjectClass() {
  return v.pipe(
    plainText(),
    check(
      (text) => /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text),
      "load-balancer-class",
      "is no loadBalancerClass",
      "write a name such as kube-vip.io/kube-vip-class",
    ),
  );
}
