/** How a flag looks and what it is for; `key` is the configuration key it stands for, or null. */
interface OptionDefinition {
  readonly short?: string;
  /** Name of the value in help; absent for switches. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly summary: string;
  readonly key: string | null;
}

/** Every flag once. */
export const optionTable = {
  config: {
    value: "FILE",
    summary: "configuration file, - for standard input (default: ./ha.yaml)",
    key: null,
  },
  "kubeadm-config": {
    value: "FILE",
    summary: "kubeadm's own documents, as the base of what is written",
    key: null,
  },
  patches: {
    value: "DIR",
    summary: "patches for our manifests and kubeadm's: TARGET[SUFFIX][+strategic|+merge|+json].yaml",
    key: null,
  },
  "kubernetes-version": {
    value: "VERSION",
    summary: "release of Kubernetes",
    key: "kubernetesVersion",
  },
  stack: {
    value: "NAME",
    summary: "shorthand for the two providers, such as keepalived-haproxy",
    key: "virtualIP.provider",
  },
  "control-plane-endpoint": {
    value: "HOST[:PORT]",
    summary: "where clients reach the API",
    key: "controlPlaneEndpoint",
  },
  vip: { value: "A[,B]", summary: "virtual IP, one per family", key: "virtualIP.addresses" },
  interface: {
    value: "NAME",
    summary: "network interface of the virtual IP",
    key: "virtualIP.interface",
  },
  failover: { value: "PRESET", summary: "conservative, balanced or fast", key: "failover" },
  "deploy-as": { value: "FORM", summary: "how the programs run: static-pod, systemd or daemon-set", key: "deployAs" },
  "static-pod-path": { value: "DIR", summary: "directory of the kubelet's static pods", key: "staticPodPath" },
  "kubeconfig-path": { value: "FILE", summary: "kubeconfig on the nodes that kube-vip uses", key: "kubeconfigPath" },
  node: {
    value: "NAME[=ADDR,…]",
    repeatable: true,
    summary: "NAME=ADDR[,ADDR][,role=ROLE][,interface=IF] lists a node; NAME alone limits to one",
    key: "nodes",
  },
  "apiserver-bind-port": {
    value: "PORT",
    summary: "port of the API servers (kubeadm's bindPort)",
    key: null,
  },
  "join-command-file": {
    value: "FILE",
    summary: "join secrets, as join-command.sh or kubeadm prints them; - for standard input",
    key: null,
  },
  "ca-cert": {
    value: "FILE",
    summary: "certificate of the cluster's CA, for machines that only balance",
    key: null,
  },
  output: {
    short: "o",
    value: "DIR",
    summary: "directory to write to; without it the answer is printed",
    key: null,
  },
  kind: {
    value: "KIND",
    summary: "a whole object: KubeadmControlPlane, KubeadmConfig or KubeadmConfigTemplate",
    key: null,
  },
  into: {
    value: "FILE",
    summary: "put kube-vip into the KubeadmControlPlane of this file, and print the file",
    key: null,
  },
  "bootstrap-format": {
    value: "FORMAT",
    summary: "what machines of Cluster API read at their first boot: cloud-config (default) or ignition",
    key: null,
  },
  format: { value: "FORMAT", summary: "shape of the answer", key: null },
  role: {
    value: "ROLE",
    summary: "init or join: one document for all machines of a group, without a list of nodes",
    key: null,
  },
  "ignition-version": {
    value: "VERSION",
    summary: "version of Ignition's specification: 3.4 (default) or 2.3",
    key: null,
  },
  summary: { summary: "end with the numbers, and how often each rule was broken", key: null },
  strict: { summary: "treat warnings as errors", key: null },
  exclude: {
    value: "GLOB",
    repeatable: true,
    summary: "leave out files and directories, such as 'test/**'",
    key: null,
  },
  "schema-location": {
    value: "DIR",
    repeatable: true,
    summary: "schemas of custom resources: CustomResourceDefinitions, or JSON files in kubeconform's layout",
    key: null,
  },
  "unknown-kinds": {
    value: "WHAT",
    summary: "objects without a schema: skip (default), warn or error",
    key: null,
  },
  native: { summary: "also ask keepalived, haproxy and nginx themselves, where they are installed", key: null },
  fix: { summary: "print, as a diff, the changes that there is only one way to make", key: null },
  write: { summary: "with --fix or --into: change the file", key: null },
  ignore: { value: "RULE,…", summary: "leave out these rules", key: null },
  init: { summary: "this node founds the cluster, whatever answers at the endpoint", key: null },
  join: { summary: "this node joins the cluster", key: null },
  "node-name": {
    value: "NAME",
    summary: "which node of the configuration this machine is (default: by its addresses, then its name)",
    key: null,
  },
  rootfs: { value: "DIR", summary: "directory that holds the machine's files (default: /)", key: null },
  "skip-phases": { value: "PHASE,…", summary: "leave out these phases", key: null },
  "ignore-preflight-errors": {
    value: "NAME,…",
    summary: "checks whose errors become warnings; all for every one",
    key: null,
  },
  adopt: { summary: "take the place of foreign files, which are kept for reset", key: null },
  "dry-run": { summary: "print what would be done, and change nothing", key: null },
  "no-wait": { summary: "do not wait until admin.conf has its rights", key: null },
  force: { summary: "do not ask", key: null },
  faults: { value: "FAULT,…", summary: "these faults only; kubeadm-ha explain knows each", key: null },
  repetitions: { value: "N", summary: "how often each fault is repeated (default: 1)", key: null },
  holder: {
    value: "RANK",
    summary: "which node has the virtual IP when it comes: first or last by rank, or both (default: first)",
    key: null,
  },
  as: {
    value: "FORM",
    summary: "how the programs run: host or static-pod (default: static-pod where the files have manifests)",
    key: null,
  },
  samples: {
    value: "FILE",
    summary: "keep each measurement in this file, and do not repeat what is in it",
    key: null,
  },
  containerfile: {
    value: "NAME",
    summary: "print a Containerfile for this program instead (keepalived)",
    key: null,
  },
  "mirror-script": {
    value: "REGISTRY",
    summary: "print a script that copies the images to this registry, and how nodes use it",
    key: null,
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

export type OptionName = keyof typeof optionTable;
type ValueOption = {
  [Name in OptionName]: (typeof optionTable)[Name] extends { readonly value: string } ? Name : never;
}[OptionName];
type ListOption = {
  [Name in OptionName]: (typeof optionTable)[Name] extends { readonly repeatable: true } ? Name : never;
}[OptionName];

/** Flags as typed: a text, a list of texts for repeatable ones, true for switches. */
export type Options = {
  readonly [Name in OptionName]?: Name extends ListOption
    ? readonly string[]
    : Name extends ValueOption
      ? string
      : true;
};

/** The definition of a flag, for help, parser and completion. */
export function optionDefinition(name: OptionName): OptionDefinition {
  return optionTable[name];
}

export const optionNames = Object.keys(optionTable) as readonly OptionName[];

/** The flags that stand for configuration keys, plus the files they come from. */
export const configurationOptions = [
  "config",
  "kubeadm-config",
  "patches",
  "kubernetes-version",
  "stack",
  "control-plane-endpoint",
  "vip",
  "interface",
  "failover",
  "deploy-as",
  "static-pod-path",
  "kubeconfig-path",
  "node",
  "apiserver-bind-port",
] as const satisfies readonly OptionName[];
