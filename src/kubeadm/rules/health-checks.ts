import { behaviour, minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { argumentAt, placeOf, problemAt } from "./at.ts";

/** Who checks the API servers must find the CA of their certificates. */
export const certificatesDir: Rule = {
  id: "kubeadm-certificates-dir",
  summary: "with haproxy or keepalived alone, certificatesDir is kubeadm's own, /etc/kubernetes/pki",
  reason:
    "haproxy's pod mounts the CA as a hostPath of type File, and the kubelet waits for such a file for ever (https://kubernetes.io/docs/concepts/storage/volumes/#hostpath)",
  check(spec) {
    const checker = checkerOf(spec);
    const place = placeOf(spec, "ClusterConfiguration", ["certificatesDir"]);
    if (checker === undefined || place === undefined || typeof place.value !== "string") return [];
    // Empty means the default.
    if (place.value === "" || sameDirectory(place.value, certificates)) return [];
    return [
      problemAt(place, {
        severity: "error",
        message: `"${place.value}" is not built yet: ${checker} reads the CA of the cluster at ${certificates}/ca.crt`,
        remedy: "remove certificatesDir, or use kube-vip without a load balancer",
      }),
    ];
  },
};

/** Health checks have no credentials. */
export const anonymousAuth: Rule = {
  id: "kubeadm-anonymous-auth",
  summary: "with haproxy or keepalived alone, the API servers answer anonymous requests for their health",
  reason:
    "with --anonymous-auth=false every health check gets 401 and no API server is up (https://github.com/kubernetes/kubeadm/issues/3174, https://github.com/kubernetes/kubeadm/issues/798)",
  check(spec) {
    const checker = checkerOf(spec);
    const argument = argumentAt(spec, "apiServer", "anonymous-auth");
    if (checker === undefined || argument === undefined || !goFalse.test(argument.value)) return [];
    return [
      problemAt(argument, {
        severity: "error",
        message: `anonymous-auth is off: ${checker} gets 401 from every API server and takes all of them for dead`,
        remedy: anonymousRemedy(spec),
      }),
    ];
  },
};

const certificates = "/etc/kubernetes/pki";

// What Go's strconv.ParseBool takes for false.
const goFalse = /^(0|f|F|false|FALSE|False)$/;

function sameDirectory(a: string, b: string): boolean {
  const steps = (path: string): string =>
    path
      .split("/")
      .filter((step) => step !== "" && step !== ".")
      .join("/");
  return a.startsWith("/") === b.startsWith("/") && steps(a) === steps(b);
}

/** Who asks the API servers for their health; kube-vip alone asks nobody. */
function checkerOf({ loadBalancer, virtualIP }: ClusterSpec): string | undefined {
  if (loadBalancer.provider === "haproxy") return "haproxy";
  return virtualIP.provider === "keepalived" ? "keepalived's check" : undefined;
}

// Without cluster-info no node can join by token.
// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-authenticator-configuration
function anonymousRemedy({ kubernetesVersion }: ClusterSpec): string {
  if (behaviour(kubernetesVersion).anonymousPaths)
    return "remove it; an AuthenticationConfiguration (--authentication-config) can allow anonymous requests by anonymous.conditions for /livez, /readyz, /healthz and /api/v1/namespaces/kube-public/configmaps/cluster-info alone";
  const { first } = minorsWhere((row) => row.anonymousPaths);
  return `remove it; from Kubernetes 1.${first} on an AuthenticationConfiguration can allow anonymous requests by path`;
}
