import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A configuration to render. */
export interface Configuration {
  readonly name: string;
  readonly text: string;
  /** kubeadm's own documents for a minor release of Kubernetes 1, where there are any. */
  kubeadm(minor: number): string | undefined;
}

const manifests = new URL("../../../manifests/", import.meta.url);

/** The examples that the repository shows: manifests/NAME/ha.yaml. */
export function exampleConfigurations(): readonly Configuration[] {
  return readdirSync(manifests)
    .filter((name) => existsSync(new URL(`${name}/ha.yaml`, manifests)))
    .map((name) => {
      const file = (base: string): string | undefined => {
        const place = new URL(`${name}/${base}`, manifests);
        return existsSync(place) ? readFileSync(place, "utf8") : undefined;
      };
      // v1beta4 came with 1.31.
      return {
        name,
        text: file("ha.yaml") ?? "",
        kubeadm: (minor) => file(minor < 31 ? "kubeadm-v1beta3.yaml" : "kubeadm-v1beta4.yaml"),
      };
    });
}

const families = {
  ipv4: { virtualIPs: "[192.168.10.100]", node: (number: number) => `[192.168.10.1${number}]` },
  ipv6: { virtualIPs: '["fd00:10::100"]', node: (number: number) => `["fd00:10::1${number}"]` },
  "dual-stack": {
    virtualIPs: '[192.168.10.100, "fd00:10::100"]',
    node: (number: number) => `[192.168.10.1${number}, "fd00:10::1${number}"]`,
  },
} as const;

export type Family = keyof typeof families;
export const familyNames = Object.keys(families) as readonly Family[];

export interface Stack {
  readonly virtualIP: "kube-vip" | "keepalived";
  readonly loadBalancer: "haproxy" | "nginx" | "none";
}

/** Three nodes on eth0 under the name api.example.com; `more` is further YAML. */
export function threeNodes(family: Family, { virtualIP, loadBalancer }: Stack, more = ""): Configuration {
  const { virtualIPs, node } = families[family];
  const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
controlPlaneEndpoint: api.example.com
virtualIP: {provider: ${virtualIP}, addresses: ${virtualIPs}, interface: eth0}
loadBalancer: {provider: ${loadBalancer}}
nodes:
- {name: cp1, addresses: ${node(1)}}
- {name: cp2, addresses: ${node(2)}}
- {name: cp3, addresses: ${node(3)}}
${more}`;
  return {
    name: `${family}, ${virtualIP}${loadBalancer === "none" ? " alone" : ` and ${loadBalancer}`}`,
    text,
    kubeadm: () => undefined,
  };
}

/** Three API servers behind a proxy on the worker of this address, without a virtual IP. */
export function proxiedWorker(provider: "haproxy" | "nginx", worker: string): string {
  const others = ["192.168.10.12", "192.168.10.13", "192.168.10.14"];
  const nodes = others.map((address, index) => `- {name: cp${index + 1}, addresses: [${address}]}`);
  return `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
controlPlaneEndpoint: api.example.com
virtualIP: {provider: none}
workerProxy: {provider: ${provider}}
nodes:
${nodes.join("\n")}
- {name: worker1, addresses: [${worker}], role: worker}
`;
}
