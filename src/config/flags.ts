import type { Finding } from "../findings/finding.ts";

/** Values of the flags that stand for configuration keys, as typed. */
export interface FlagValues {
  readonly kubernetesVersion?: string;
  readonly stack?: string;
  readonly controlPlaneEndpoint?: string;
  /** A[,B] */
  readonly vip?: string;
  readonly interface?: string;
  readonly failover?: string;
  readonly deployAs?: string;
  readonly staticPodPath?: string;
  readonly kubeconfigPath?: string;
  /** NAME=ADDR[,ADDR][,role=worker][,interface=eth1], each */
  readonly node?: readonly string[];
  readonly apiserverBindPort?: string;
}

/** The pairs of providers that have a name of their own. */
export const stacks = {
  "kube-vip": { virtualIP: "kube-vip", loadBalancer: "none" },
  "kube-vip-haproxy": { virtualIP: "kube-vip", loadBalancer: "haproxy" },
  "keepalived-haproxy": { virtualIP: "keepalived", loadBalancer: "haproxy" },
  "keepalived-nginx": { virtualIP: "keepalived", loadBalancer: "nginx" },
  keepalived: { virtualIP: "keepalived", loadBalancer: "none" },
  external: { virtualIP: "none", loadBalancer: "external" },
} as const;

/** A value that a flag puts at a configuration key. */
export interface FlagOverride {
  readonly flag: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What the flags say, as values at configuration keys. */
export function flagOverrides(flags: FlagValues): {
  readonly overrides: readonly FlagOverride[];
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const overrides: FlagOverride[] = [];
  const put = (flag: string, path: readonly string[], value: unknown): void => {
    if (value !== undefined) overrides.push({ flag, path, value });
  };
  put("--kubernetes-version", ["kubernetesVersion"], flags.kubernetesVersion);
  put("--control-plane-endpoint", ["controlPlaneEndpoint"], flags.controlPlaneEndpoint);
  put("--vip", ["virtualIP", "addresses"], flags.vip?.split(","));
  put("--interface", ["virtualIP", "interface"], flags.interface);
  put("--failover", ["failover"], flags.failover);
  put("--deploy-as", ["deployAs"], flags.deployAs);
  put("--static-pod-path", ["staticPodPath"], flags.staticPodPath);
  put("--kubeconfig-path", ["kubeconfigPath"], flags.kubeconfigPath);
  put(
    "--node",
    ["nodes"],
    flags.node?.map((text) => nodeFromFlag(text, findings)),
  );
  if (flags.stack !== undefined) {
    const stack = Object.entries(stacks).find(([name]) => name === flags.stack)?.[1];
    if (stack === undefined) findings.push(unknownStack(flags.stack));
    put("--stack", ["virtualIP", "provider"], stack?.virtualIP);
    put("--stack", ["loadBalancer", "provider"], stack?.loadBalancer);
  }
  return { overrides, findings };
}

function nodeFromFlag(text: string, findings: Finding[]): Record<string, unknown> {
  const cut = text.indexOf("=");
  const parts = text.slice(cut + 1).split(",");
  const settings = parts.filter((part) => part.includes("="));
  const known = new Set(["role", "interface"]);
  for (const setting of settings.filter((part) => !known.has(part.split("=")[0] ?? ""))) {
    findings.push({
      rule: "node-flag",
      severity: "error",
      path: "nodes",
      position: { flag: "--node" },
      message: `"${setting}" is no setting of a node`,
      remedy: "write --node NAME=ADDRESS[,ADDRESS][,role=worker][,interface=eth1]; for anything else use a file",
    });
  }
  const entries = settings
    .map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)] as const)
    .filter(([name]) => known.has(name));
  return {
    name: text.slice(0, cut),
    addresses: parts.filter((part) => !part.includes("=")),
    ...Object.fromEntries(entries),
  };
}

function unknownStack(name: string): Finding {
  return {
    rule: "stack",
    severity: "error",
    path: "virtualIP.provider",
    position: { flag: "--stack" },
    message: `"${name}" is no stack`,
    remedy: `choose one of ${Object.keys(stacks).join(", ")}`,
  };
}
