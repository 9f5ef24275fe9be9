import * as v from "valibot";

import { described, key } from "./key.ts";
import { kubeVipSchema, nodeKubeVipSchema } from "./kube-vip-schema.ts";
import { serviceLoadBalancerSchema } from "./service-load-balancer-schema.ts";
import { imageReference, kubernetesVersion, programVersion, registry } from "./software-values.ts";
import { snippetsSchema } from "./snippets-schema.ts";
import {
  absolutePath,
  duration,
  endpoint,
  integer,
  interfaceName,
  nodeAddress,
  nodeName,
  oneOf,
  port,
  subjectAlternativeName,
  virtualAddress,
} from "./values.ts";

export const apiVersion = "kubeadm-ha.io/v1alpha1";
export const kind = "HAConfiguration";

/** What a user may write. Its keys, their order and their descriptions are the reference: help, JSON Schema and docs derive from it. */
export const configurationSchema = v.object({
  apiVersion: described(v.literal(apiVersion), "version of this format"),
  kind: described(v.literal(kind), "kind of this document"),
  kubernetesVersion: key(
    kubernetesVersion(),
    "release of Kubernetes; may stand in kubeadm's ClusterConfiguration instead",
  ),
  controlPlaneEndpoint: key(endpoint(), "HOST or HOST:PORT under which every client reaches the API"),
  virtualIP: key(
    v.object({
      provider: key(oneOf(["kube-vip", "keepalived", "none"]), "who holds the virtual IP"),
      addresses: key(
        v.array(virtualAddress()),
        "the virtual IP, one per address family at most; /LENGTH may be added to have the network checked",
      ),
      interface: key(interfaceName(), "network interface of the virtual IP, for nodes that name none"),
    }),
    "the address that moves to a healthy node",
  ),
  loadBalancer: key(
    v.object({
      provider: key(
        oneOf(["haproxy", "nginx", "lvs", "external", "none"]),
        "who spreads connections over the API servers",
      ),
      port: key(port(), "where the load balancer listens"),
      redirectFrom: key(
        port(),
        "a port of the virtual IP that leads to the load balancer's, for clients that expect the API at 6443",
      ),
      healthPort: key(port(), "where the load balancer tells its health on 127.0.0.1"),
    }),
    "the load balancer in front of the API servers",
  ),
  deployAs: key(oneOf(["static-pod", "systemd", "daemon-set"]), "how the programs run on control-plane nodes"),
  failover: key(oneOf(["conservative", "balanced", "fast"]), "how soon a fault is believed"),
  nodes: key(
    v.array(
      v.object({
        name: described(nodeName(), "the node's name in the cluster"),
        addresses: described(
          v.array(nodeAddress()),
          "the node's own addresses, one per address family at most; the first is advertised",
        ),
        role: key(oneOf(["control-plane", "load-balancer", "worker"]), "what the node is for"),
        interface: key(interfaceName(), "network interface of the virtual IP on this node"),
        rank: key(integer(0, 8), "order of preference for the virtual IP, 0 first"),
        kubeVip: key(nodeKubeVipSchema, "kube-vip settings of this node"),
      }),
    ),
    "the machines; the first control-plane node founds the cluster",
  ),
  certSANs: key(v.array(subjectAlternativeName()), "further names and addresses for the API server's certificate"),
  extraPorts: key(v.array(port()), "further TCP ports served on the virtual IP"),
  hosts: key(v.boolean(), "endpoint name in /etc/hosts of the nodes"),
  workerProxy: key(
    v.object({ provider: key(oneOf(["haproxy", "nginx"]), "program of the proxy") }),
    "a proxy on 127.0.0.1 of every worker",
  ),
  images: key(
    v.object({
      repository: key(registry(), "registry that replaces the registry host of every image; path, tag and digest stay"),
      kubeVip: key(imageReference(), "image of kube-vip"),
      kubeVipCloudProvider: key(imageReference(), "image of kube-vip-cloud-provider"),
      keepalived: key(imageReference(), "image of keepalived"),
      haproxy: key(imageReference(), "image of haproxy"),
      nginx: key(imageReference(), "image of nginx"),
    }),
    "container images",
  ),
  serviceLoadBalancer: key(serviceLoadBalancerSchema, "LoadBalancer services through kube-vip"),
  distribution: key(oneOf(["kubeadm", "rke1", "rke2", "k3s"]), "what installs Kubernetes"),
  staticPodPath: key(absolutePath(), "directory of the kubelet's static pods"),
  kubeconfigPath: key(absolutePath(), "kubeconfig on the nodes that kube-vip uses"),
  host: key(
    v.object({
      family: key(oneOf(["debian", "rhel"]), "family of the distribution"),
      keepalived: key(programVersion(), "version of the host's keepalived"),
      haproxy: key(programVersion(), "version of the host's haproxy"),
      nginx: key(programVersion(), "version of the host's nginx"),
    }),
    "software of the hosts, for systemd placement",
  ),
  members: key(oneOf(["file", "api"]), "where the list of API servers comes from"),
  keepalived: key(
    v.object({
      virtualRouterID: key(integer(1, 255), "VRRP virtual router id, unique on the network segment"),
      advertisementInterval: key(duration(), "VRRP advertisement interval"),
      realtimePriority: key(integer(0, 99), "real-time priority of keepalived; 0 is ordinary scheduling"),
      checkTimeout: key(duration(), "limit of one run of the check script"),
      multicast: key(v.boolean(), "VRRP by multicast"),
      hmacKeyFile: key(absolutePath(), "file on the nodes with the key that signs VRRP adverts (auth_hmac)"),
    }),
    "settings of keepalived",
  ),
  haproxy: key(
    v.object({
      checkInterval: key(duration(), "time between two health checks of an API server"),
      fastInterval: key(duration(), "the same after a first failure"),
      checkTimeout: key(duration(), "limit of one health check, connect and TLS included"),
      connectTimeout: key(duration(), "limit of a connect to an API server for a client"),
      fall: key(
        integer(1, 100),
        "failed /livez checks until an API server's connections are cut; new ones avoid it after one failed /readyz check",
      ),
      rise: key(integer(1, 100), "good checks until it is used again"),
      balance: key(oneOf(["leastconn", "roundrobin", "static-rr", "first", "source", "random"]), "balancing algorithm"),
      maxConnections: key(integer(100, 1_000_000), "most client connections at once"),
      tunnelTimeout: key(duration(), "how long an idle stream may stay open"),
      drainTimeout: key(duration(), "how long connections may finish after a reload or stop"),
    }),
    "settings of haproxy",
  ),
  nginx: key(
    v.object({
      connectTimeout: key(duration(), "limit of a connect to an API server"),
      maxFails: key(integer(0, 100), "failed connects until an API server is avoided"),
      failTimeout: key(duration(), "how long it is avoided"),
      idleTimeout: key(duration(), "how long an idle stream may stay open"),
    }),
    "settings of nginx",
  ),
  kubeVip: key(kubeVipSchema, "settings of kube-vip"),
  snippets: key(snippetsSchema, "lines of your own in the daemons' files, where no key says it"),
});

/** The user's file, every key optional but the two that name it. */
export type HAConfiguration = v.InferOutput<typeof configurationSchema>;
