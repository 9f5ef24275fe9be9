import { quoted } from "./nasty.ts";

/** A key of the configuration, a harmless value for it, and a file in which a value is put there. */
export interface Slot {
  readonly key: string;
  /** A text that occurs in the output only where this key's value is; "" where none is accepted. */
  readonly harmless: string;
  /** The file with this YAML as the key's value. */
  file(yaml: string): string;
}

/** Harmless values of the keys that take free text. Keys of a few words, numbers and maps take none. */
export const harmlessTexts: Readonly<Record<string, string>> = {
  kubernetesVersion: "v1.36.2",
  controlPlaneEndpoint: "hxqz.example",
  "virtualIP.addresses": "192.168.10.177",
  "virtualIP.interface": "hxqz0",
  "nodes[].name": "hxqz",
  "nodes[].addresses": "192.168.10.177",
  "nodes[].interface": "hxqz0",
  certSANs: "hxqz.example",
  "images.repository": "hxqz.example",
  "images.kubeVip": "hxqz.example/x:1",
  "images.keepalived": "hxqz.example/x:1",
  "images.haproxy": "hxqz.example/x:1",
  "images.nginx": "hxqz.example/x:1",
  "images.kubeVipCloudProvider": "hxqz.example/x:1",
  "kubeVip.dns.name": "hxqz.example",
  "kubeVip.extraEnv": "hxqz",
  "keepalived.hmacKeyFile": "/etc/kubeadm-ha/keepalived/hxqz",
  kubeconfigPath: "/hxqz",
  staticPodPath: "/hxqz",
};

/** The file in which `yaml` stands at `key`; where the file has another value of the key, it is replaced. */
export function slot(key: string): Slot {
  return { key, harmless: harmlessTexts[key] ?? "", file: (yaml) => fileWith(key, yaml) };
}

const ofKubeVip = /^(kubeVip|images\.kubeVip|virtualIP\.addresses|kubeconfigPath)/;

function fileWith(key: string, yaml: string): string {
  const lists = new Set(["virtualIP.addresses", "nodes[].addresses", "certSANs", "extraPorts"]);
  const value = key === "kubeVip.extraEnv" ? `{VALUE: ${yaml}}` : lists.has(key) ? `[${yaml}]` : yaml;
  const values = new Map<string, string>([
    ["apiVersion", "kubeadm-ha.io/v1alpha1"],
    ["kind", "HAConfiguration"],
    ["kubernetesVersion", "v1.36.3"],
    ["virtualIP.provider", ofKubeVip.test(key) ? "kube-vip" : "keepalived"],
    ["virtualIP.addresses", "[192.168.10.100]"],
    ["virtualIP.interface", "eth0"],
    ["loadBalancer.provider", "haproxy"],
    ["loadBalancer.port", "8443"],
    ["nodes[].name", "first"],
    ["nodes[].addresses", "[192.168.10.11]"],
  ]);
  if (key === "images.kubeVipCloudProvider") values.set("serviceLoadBalancer.pools", "[{dhcp: true}]");
  if (key === "images.nginx") values.set("loadBalancer.provider", "nginx");
  values.set(key, value);
  return block(values, "", 0);
}

/** Keys as block maps; `nodes[]` is one node, and a second, ordinary one follows. */
function block(values: ReadonlyMap<string, string>, prefix: string, indent: number): string {
  const names = [...values.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const heads = [...new Set(names.map((name) => name.split(".")[0] ?? ""))];
  return heads
    .map((head) => {
      const margin = " ".repeat(indent);
      const own = values.get(prefix + head);
      if (own !== undefined) return `${margin}${head}: ${own}\n`;
      const below = block(values, `${prefix}${head}.`, indent + 2);
      if (head !== "nodes[]") return `${margin}${head}:\n${below}`;
      return `nodes:\n- ${below.trimStart()}- {name: second, addresses: [192.168.10.12]}\n`;
    })
    .join("");
}

/** The file with a text as the key's value. */
export function fileWithText({ file }: Slot, text: string): string {
  return file(quoted(text));
}
