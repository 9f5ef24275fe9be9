import type { Scene, SceneFile } from "../scene.ts";
import { shellWord } from "../../render/text.ts";
import { mustRun, type Space } from "./space.ts";

/** A cluster's CA and the server certificates that it signed, as PEM. */
export interface Certificates {
  readonly ca: string;
  /** By node. */
  readonly servers: Readonly<Record<string, Certificate>>;
}

export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Where kubeadm has them. */
export const pki = {
  ca: "/etc/kubernetes/pki/ca.crt",
  certificate: "/etc/kubernetes/pki/apiserver.crt",
  key: "/etc/kubernetes/pki/apiserver.key",
};

/** Makes them with openssl in a machine's memory. Elliptic keys: a handshake costs a tenth of RSA's. */
export async function makeCertificates(space: Space, scene: Scene): Promise<Certificates> {
  const script = [
    "mkdir -p /run/.pki && cd /run/.pki && exec 2>log || exit",
    `trap 'test $? = 0 || cat log >&3' EXIT`,
    `openssl req -x509 ${newKey} -keyout ca.key -out ca.crt -subj /CN=kubernetes -days 30`,
    ...scene.nodes.flatMap(({ name }, index) => [
      `openssl req ${newKey} -keyout ${index}.key -out ${index}.csr -subj /CN=kube-apiserver`,
      `printf %s ${shellWord(extensions(scene, name))} >${index}.ext`,
      `openssl x509 -req -in ${index}.csr -CA ca.crt -CAkey ca.key -set_serial ${index + 2} -days 30 -extfile ${index}.ext -out ${index}.crt`,
    ]),
    `for file in ca.crt ${scene.nodes.map((_, index) => `${index}.crt ${index}.key`).join(" ")}; do cat "$file"; echo ${mark}; done`,
    "cd / && rm -rf /run/.pki",
  ];
  const printed = await mustRun(space, ["sh", "-e"], { input: `exec 3>&2\n${script.join("\n")}\n` });
  const [ca = "", ...rest] = printed.split(`${mark}\n`);
  const servers = scene.nodes.map(({ name }, index): [string, Certificate] => [
    name,
    { certificate: rest[index * 2] ?? "", key: rest[index * 2 + 1] ?? "" },
  ]);
  return { ca, servers: Object.fromEntries(servers) };
}

/** The files that kubeadm would have made, and the same wherever else the node's configuration looks for them. */
export function certificateFiles(
  { ca, servers }: Certificates,
  node: { readonly name: string; readonly files: readonly SceneFile[] },
): readonly SceneFile[] {
  const { certificate = "", key = "" } = servers[node.name] ?? {};
  const places: [string, string][] = [
    [pki.ca, ca],
    [pki.certificate, certificate],
    [pki.key, key],
  ];
  for (const { text } of node.files) {
    for (const [, option, path = ""] of text.matchAll(/^[^#\n]*?\s(ca-file|crt)\s+(\/[^\s#]+)/gm))
      places.push([path, option === "ca-file" ? ca : certificate + key]);
  }
  // What the cluster's owner brought stays, except what kubeadm makes on the node.
  const brought = new Set(node.files.map(({ path }) => path));
  return [...new Map(places)]
    .filter(([path]) => !brought.has(path) || path.startsWith("/etc/kubernetes/pki/"))
    .map(([path, text]) => ({ path, mode: 0o644, text }));
}

const newKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
const mark = "=== end of file";

function extensions({ nodes, virtualIPs, endpoint }: Scene, node: string): string {
  const own = nodes.find(({ name }) => name === node)?.addresses ?? [];
  const names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "localhost", node];
  const addresses = new Set(["127.0.0.1", "::1", ...own, ...virtualIPs, endpoint.address]);
  const alternatives = [
    ...names.map((name) => `DNS:${name}`),
    ...[...addresses].map((address) => (/^[\d.]+$|:/.test(address) ? `IP:${address}` : `DNS:${address}`)),
  ];
  return `subjectAltName=${alternatives.join(",")}\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n`;
}
