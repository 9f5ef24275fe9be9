/** What kubeadm's texts about joining are made of. */
export interface JoinValues {
  /** HOST:PORT. */
  readonly endpoint: string;
  readonly token: string;
  readonly caCertHashes: readonly string[];
  /** Empty where there is none. */
  readonly certificateKey: string;
}

/** A text that kubeadm prints, and what a reader finds in it. */
export interface JoinText {
  readonly name: string;
  readonly text: string;
  /** Undefined where kubeadm withheld what is needed. */
  readonly secrets: JoinTextSecrets | undefined;
}

interface JoinTextSecrets {
  readonly apiServerEndpoint: string;
  readonly token: string;
  readonly caCertHashes: readonly string[];
  readonly certificateKey?: string;
}

/** Every form in which kubeadm 1.28 to 1.37 prints how to join. */
export function joinTexts(values: JoinValues): readonly JoinText[] {
  const { endpoint: apiServerEndpoint, token, caCertHashes, certificateKey } = values;
  const worker = { apiServerEndpoint, token, caCertHashes };
  const controlPlane = { ...worker, certificateKey };
  const withheld = "<value withheld>";
  const ending = (minor: number, form: InitForm = "upload-certs"): string => initMessage({ minor, form }, values);
  const texts: readonly (readonly [string, string, JoinTextSecrets | undefined])[] = [
    ["1.28 to 1.31: init --upload-certs", ending(31), controlPlane],
    ["1.32 to 1.37: init --upload-certs", ending(32), controlPlane],
    [
      "all that init --upload-certs says of it",
      uploadCertsMessage(values) + tokenMessage(values) + ending(36),
      controlPlane,
    ],
    [
      "init without --upload-certs",
      initMessage({ minor: 36, form: "copied-certs" }, { ...values, certificateKey: "" }),
      worker,
    ],
    ["init without --upload-certs, of a configuration with a key", ending(36, "copied-certs"), controlPlane],
    ["init without an endpoint", ending(36, "no-endpoint"), worker],
    [
      "init with several tokens",
      ending(36) + initMessage({ minor: 36 }, { ...values, token: "zzzzzz.zzzzzzzzzzzzzzzz" }),
      controlPlane,
    ],
    ["init --skip-token-print", initMessage({ minor: 36 }, { ...values, token: withheld }), undefined],
    [
      "init --skip-certificate-key-print",
      initMessage({ minor: 36 }, { ...values, certificateKey: withheld }),
      undefined,
    ],
    ["token create --print-join-command", printedCommand(values), worker],
    ["token create --print-join-command --certificate-key", printedCommand(values, "control-plane"), controlPlane],
    ["token create with a warning before it", warning + printedCommand(values, "control-plane"), controlPlane],
    ["init phase upload-certs", uploadCertsMessage(values), undefined],
  ];
  return texts.map(([name, text, secrets]) => ({ name, text, secrets }));
}

/** The command for one kind of node as `kubeadm init` breaks it into lines: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/cmd/util/join.go */
function command({ endpoint, token, caCertHashes, certificateKey }: JoinValues, kind: NodeKind): string {
  const hashes = caCertHashes.map((hash) => `--discovery-token-ca-cert-hash ${hash} `).join("");
  const key = certificateKey === "" ? "" : `--certificate-key ${certificateKey}`;
  return `kubeadm join ${endpoint} --token ${token} \\\n\t${hashes}${kind === "worker" ? "" : `\\\n\t--control-plane ${key}`}`;
}

type NodeKind = "control-plane" | "worker";

/** What `kubeadm token create --print-join-command` prints: one line, the blanks at its end are kubeadm's. */
export function printedCommand(values: JoinValues, kind: NodeKind = "worker"): string {
  return `${command(values, kind).replaceAll("\\\n", "").replaceAll("\t", "")}\n`;
}

type InitForm = "upload-certs" | "copied-certs" | "no-endpoint";

/** How `kubeadm init` ends: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/cmd/phases/init/showjoincommand.go */
export function initMessage(
  { minor, form = "upload-certs" }: { readonly minor: number; readonly form?: InitForm },
  values: JoinValues,
): string {
  // https://github.com/kubernetes/kubernetes/pull/128118
  const others = minor < 32 ? "the control-plane node" : "control-plane nodes";
  const forms: Readonly<Record<InitForm, string>> = {
    "upload-certs": `You can now join any number of ${others} running the following command on each as root:

  ${command(values, "control-plane")}

Please note that the certificate-key gives access to cluster sensitive data, keep it secret!
As a safeguard, uploaded-certs will be deleted in two hours; If necessary, you can use
"kubeadm init phase upload-certs --upload-certs" to reload certs afterward.

`,
    "copied-certs": `You can now join any number of control-plane nodes by copying certificate authorities
and service account keys on each node and then running the following as root:

  ${command(values, "control-plane")}

`,
    "no-endpoint": "",
  };
  return `
Your Kubernetes control-plane has initialized successfully!

To start using your cluster, you need to run the following as a regular user:

  mkdir -p $HOME/.kube
  sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config
  sudo chown $(id -u):$(id -g) $HOME/.kube/config

Alternatively, if you are the root user, you can run:

  export KUBECONFIG=/etc/kubernetes/admin.conf

You should now deploy a pod network to the cluster.
Run "kubectl apply -f [podnetwork].yaml" with one of the options listed at:
  https://kubernetes.io/docs/concepts/cluster-administration/addons/

${forms[form]}Then you can join any number of worker nodes by running the following on each as root:

${command(values, "worker")}
`;
}

/** What the phase upload-certs prints. */
export function uploadCertsMessage({ certificateKey }: Pick<JoinValues, "certificateKey">): string {
  return `[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace
[upload-certs] Using certificate key:
${certificateKey}
`;
}

/** How the phase bootstrap-token begins. */
export function tokenMessage({ token }: Pick<JoinValues, "token">): string {
  return `[bootstrap-token] Using token: ${token}
[bootstrap-token] Configuring bootstrap tokens, cluster-info ConfigMap, RBAC Roles
`;
}

/** How `kubeadm join` of a control-plane node ends: https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/cmd/join.go */
export const joinedMessage = `
This node has joined the cluster and a new control plane instance was created:

* Certificate signing request was sent to apiserver and approval was received.
* The Kubelet was informed of the new secure connection details.
* Control plane label and taint were applied to the new node.
* The Kubernetes control plane instances scaled up.
* A new etcd member was added to the local/stacked etcd cluster.

To start administering your cluster from this node, you need to run the following as a regular user:

	mkdir -p $HOME/.kube
	sudo cp -i /etc/kubernetes/admin.conf $HOME/.kube/config
	sudo chown $(id -u):$(id -g) $HOME/.kube/config

Run 'kubectl get nodes' to see this node join the cluster.

`;

// On a machine without a default route; it goes to standard error, which people save along with the rest.
const warning = `W1121 14:44:02.289972      47 common.go:198] WARNING: could not obtain a bind address for the API Server: no default routes found in "/proc/net/route" or "/proc/net/ipv6_route"; using: 0.0.0.0
`;

/** The tokens and certificate keys in a text; a CA hash is no secret. */
export function joinSecretsIn(text: string): readonly string[] {
  return text.match(/\b[a-z0-9]{6}\.[a-z0-9]{16}\b|(?<!sha256:)\b[0-9a-f]{64}\b/g) ?? [];
}
