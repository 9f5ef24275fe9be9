import { quoted } from "./nasty.ts";
import { goType } from "./read-yaml.ts";

/** Places of texts in the user's kubeadm documents; each begins with its harmless value. */
export const kubeadmSlots = [
  "clusterName",
  "imageRepository",
  "dataDir",
  "extraArgValue",
  "extraArgName",
  "certSAN",
  "volumePath",
  "taintValue",
  "envValue",
  "kubeletArg",
  "aliased",
  "unknownKey",
] as const;
export type KubeadmSlot = (typeof kubeadmSlots)[number];

export const harmlessKubeadmText = "hxqz";

/** A stream of kubeadm documents in which `yaml` stands at a slot, and lines of comments where comments may stand. */
export function kubeadmDocuments(slot: KubeadmSlot, yaml: string, comment = "comment"): string {
  const at = (name: KubeadmSlot, otherwise: string): string => (name === slot ? yaml : otherwise);
  return `# ${comment}
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration:
  taints: [{key: a, value: ${at("taintValue", "b")}, effect: NoSchedule}] # ${comment}
  kubeletExtraArgs:
  - {name: node-labels, value: ${at("kubeletArg", "a=b")}}
---
# ${comment}
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: ${at("clusterName", "site")} # ${comment}
imageRepository: ${at("imageRepository", "registry.example.com")}
etcd: {local: {dataDir: ${at("dataDir", "/var/lib/etcd")}}}
# ${comment}
apiServer:
  certSANs: [a.example.com, ${at("certSAN", "b.example.com")}]
  extraArgs: &args # ${comment}
  - name: ${at("extraArgName", "audit-log-path")}
    value: ${at("extraArgValue", "/var/log/audit.log")} # ${comment}
  - {name: audit-log-maxage, value: ${at("aliased", '"7"')}}
  extraEnvs:
  - {name: HTTPS_PROXY, value: ${at("envValue", '"http://proxy:3128"')}}
  extraVolumes:
  - name: audit
    hostPath: ${at("volumePath", "/var/log")}
    mountPath: /var/log
scheduler:
  extraArgs: *args
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration # ${comment}
nodeRegistration:
  kubeletExtraArgs:
  - {name: node-labels, value: ${at("kubeletArg", "a=b")}}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration # ${comment}
${at("unknownKey", "unknown")}: 1
`;
}

/** Ways to write one text in YAML: quoted in two ways, as a block, bare where that is possible. */
export function spellings(text: string): readonly string[] {
  const printable = /^[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);
  return [
    quoted(text),
    ...(printable ? [`'${text.replaceAll("'", "''")}'`] : []),
    ...(/^[A-Za-z][A-Za-z0-9 ./_-]*[A-Za-z0-9]$/.test(text) && goType(text) === "string" ? [text] : []),
  ];
}
