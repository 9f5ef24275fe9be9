/** Everything a rehearsal needs to know about a cluster: data, made from files of any origin. */
export interface Scene {
  /** What is rehearsed, as it was named on the command line. */
  readonly name: string;
  /** The first 16 hexadecimal digits of the SHA-256 of all files. */
  readonly configuration: string;
  readonly nodes: readonly SceneNode[];
  /** Without prefix lengths. */
  readonly virtualIPs: readonly string[];
  /** Where clients connect. */
  readonly endpoint: { readonly address: string; readonly port: number };
  readonly apiServerPort: number;
}

export interface SceneNode {
  readonly name: string;
  /** The network interface that its files name. */
  readonly interface: string;
  /** Without prefix lengths. */
  readonly addresses: readonly string[];
  readonly files: readonly SceneFile[];
  /** In the order in which they start: the balancer first, keepalived last. */
  readonly programs: readonly SceneProgram[];
  /** What leads another port to the balancer's. */
  readonly redirect?: SceneRedirect | undefined;
  /** Its part in the election of the virtual IP's holder; undefined where it has none. */
  readonly election?: SceneElection | undefined;
  /** Settings of the kernel's network, by their path below /proc/sys. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** A machine of its own for the balancer: no API server runs here. */
  readonly withoutApiServer?: true;
}

/** Rules of nftables by their path on the node: kept by a program of its own, or there from the beginning. */
export type SceneRedirect = { readonly script: string } | { readonly rules: readonly string[] };

export interface SceneElection {
  readonly priority: number;
  readonly virtualRouterID: number | undefined;
}

export interface SceneFile {
  /** Absolute, on the node. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

export interface SceneProgram {
  readonly kind: "keepalived" | "haproxy" | "nginx";
  /** The path of its configuration on the node. */
  readonly config: string;
  /** Its static pod with its container alone, as JSON, where it has one. */
  readonly manifest: string | undefined;
}
