import {
  initMessage,
  joinedMessage,
  type JoinValues,
  printedCommand,
  tokenMessage,
  uploadCertsMessage,
} from "../support/join-texts.ts";
import { programs } from "./machine.ts";

/** Where the command lines that kubeadm and kubectl got are noted, one a line. */
export const calls = { kubeadm: "/run/lab/kubeadm", kubectl: "/run/lab/kubectl" } as const;

/**
 * kubeadm of a machine without kubelet and cluster: the real one does what needs neither, and for
 * the rest its texts are printed. So `init` really makes certificates, kubeconfigs and manifests
 * from the configuration, and `join` really reads its own.
 */
export function kubeadmStub(minor: number): string {
  const worker = printedCommand(placeholders);
  const controlPlane = printedCommand(placeholders, "control-plane");
  return `#!/bin/sh
set -eu
real=${programs}/kubeadm
mkdir -p /run/lab
printf '%s\\n' "$*" >>${calls.kubeadm}

config='' key='' upload='' print='' previous=''
for word; do
  case $previous in
  --config) config=$word ;;
  --certificate-key) key=$word ;;
  esac
  case $word in
  --config=*) config=\${word#*=} ;;
  --certificate-key=*) key=\${word#*=} ;;
  --upload-certs) upload=1 ;;
  --print-join-command) print=1 ;;
  esac
  previous=$word
done

random() { LC_ALL=C tr -dc "$1" </dev/urandom | head -c "$2"; }
fill() {
  hash=$(openssl x509 -pubkey -noout -in /etc/kubernetes/pki/ca.crt | openssl pkey -pubin -outform DER | sha256sum)
  endpoint=$(sed -n 's#^ *server: https://##p' /etc/kubernetes/admin.conf)
  sed "s/@endpoint@/$endpoint/; s/@token@/$token/; s/@hash@/sha256:\${hash%% *}/; s/@key@/$key/"
}
token=$(random a-z0-9 6).$(random a-z0-9 16)
cluster() {
  [ -f /etc/kubernetes/admin.conf ] && return
  echo "error: failed to load kubeconfig: open /etc/kubernetes/admin.conf: no such file or directory" >&2
  exit 1
}
readable() {
  [ -r "$config" ] && return
  echo "error: unable to read config from \\"$config\\": open $config: no such file or directory" >&2
  exit 1
}

case "\${1-} \${2-} \${3-}" in
'init phase upload-certs')
  cluster
  readable
  if [ -z "$upload" ]; then
    echo '[upload-certs] Skipping phase. Please see --upload-certs'
    exit
  fi
  key=\${key:-$(random 0-9a-f 64)}
  fill <<'TEXT'
${uploadCertsMessage(placeholders)}TEXT
  ;;
'init phase '* | 'config '* | 'version '*)
  exec "$real" "$@"
  ;;
'init --'*)
  "$real" config validate --config "$config" >/dev/null
  echo "[init] Using Kubernetes version: $("$real" version --output short)"
  for phase in certs kubeconfig control-plane; do "$real" init phase "$phase" all --config "$config"; done
  if [ -z "$upload" ]; then
    fill <<'TEXT'
${tokenMessage(placeholders)}${initMessage({ minor, form: "copied-certs" }, { ...placeholders, certificateKey: "" })}TEXT
    exit
  fi
  key=$(random 0-9a-f 64)
  fill <<'TEXT'
${uploadCertsMessage(placeholders)}${tokenMessage(placeholders)}${initMessage({ minor }, placeholders)}TEXT
  ;;
'token create '*)
  cluster
  if [ -z "$print" ]; then
    echo "$token"
  elif [ -n "$key" ]; then
    fill <<'TEXT'
${controlPlane}TEXT
  else
    fill <<'TEXT'
${worker}TEXT
  fi
  ;;
'join --'*)
  readable
  "$real" config validate --config "$config" >/dev/null
  echo '[preflight] Running pre-flight checks'
  cat <<'TEXT'
${joinedMessage}TEXT
  ;;
*)
  echo "the lab's kubeadm does not know: kubeadm $*" >&2
  exit 70
  ;;
esac
`;
}

/** kubectl that reads leases; the cluster's roles allow that after some refusals. */
export function kubectlStub(refusals: number): string {
  return `#!/bin/sh
set -eu
mkdir -p /run/lab
printf '%s\\n' "$*" >>${calls.kubectl}
case " $* " in
*' get lease'*)
  if [ "$(grep -c ' get lease' ${calls.kubectl})" -le ${refusals} ]; then
    echo 'Error from server (Forbidden): leases.coordination.k8s.io is forbidden: User "kubernetes-admin" cannot list resource "leases" in API group "coordination.k8s.io" in the namespace "kube-system"' >&2
    exit 1
  fi
  echo 'NAME            HOLDER   AGE'
  echo 'plndr-cp-lock   cp1      60s'
  ;;
*)
  echo "the lab's kubectl does not know: kubectl $*" >&2
  exit 70
  ;;
esac
`;
}

const placeholders: JoinValues = {
  endpoint: "@endpoint@",
  token: "@token@",
  caCertHashes: ["@hash@"],
  certificateKey: "@key@",
};
