import { behaviour, minorsWhere } from "../../config/kubernetes-behaviour.ts";
import { parseAddress, unusableReason } from "../../net/address.ts";
import { isDNSName } from "../../net/endpoint.ts";
import { socketForm, socketRemedy } from "../cri-socket.ts";
import { endpointSaying, joinEndpointSaying } from "../endpoint-form.ts";
import { gateSaying } from "../feature-gates.ts";
import { isBootstrapToken, isCaCertHash, isCertificateKey } from "../secret-formats.ts";
import type { Saying, ValueCheck } from "./field.ts";

// What `kubeadm config validate` refuses, and a little more where init or join would fail later.
// https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go

/** A path from the root. */
export const absolutePath = check((value) => value.startsWith("/"), {
  message: "is no absolute path",
  remedy: "write a path that begins with /",
});

/** The CA's certificate on a joining node. */
export const certificatePath = check((value) => value.startsWith("/") && value.endsWith(".crt"), {
  message: "is no absolute path that ends in .crt",
  remedy: "write a path such as /etc/kubernetes/pki/ca.crt",
});

/** A DNS name, such as that of the cluster's domain. */
export const domainName = check(isDNSName, {
  message: "is no DNS name",
  remedy: "write lower-case letters, digits, hyphens and dots",
});

/** The name of a node; kubeadm trims it and makes it lower case. */
export const nodeName = check((value) => isDNSName(value.trim().toLowerCase()), {
  message: "is no name for a node",
  remedy: "write letters, digits, hyphens and dots",
});

/** A name or an address in a certificate of etcd. */
export const certificateName = check(isCertificateName, {
  message: "is neither a DNS name nor an IP address",
  remedy: "write a DNS name, one that begins with *., or an IP address without port",
});

/** The same for the API server, whose names kubeadm makes lower case. */
export const serverName: ValueCheck = {
  concern: "value",
  judge: (value, release) => certificateName.judge(value.toLowerCase(), release),
};

/** The part of an image's name before its last step; https://github.com/distribution/reference/blob/main/regexp.go */
export const imageRepository = check(isImageRepository, {
  message: "is not the beginning of an image's name",
  remedy: "write it as registry.example.com/path: no scheme, no slash at the end, the path in lower case",
});

/** What the kubelet reaches the container runtime by. */
export const criSocket: ValueCheck = {
  concern: "value",
  judge(value) {
    const form = socketForm(value);
    if (form === "url") return undefined;
    return form === "path"
      ? { severity: "info", message: `"${value}" has no scheme`, remedy: `write unix://${value}` }
      : { message: `"${value}" is no unix socket`, remedy: socketRemedy };
  },
};

/** A port to listen on; kubeadm takes 0 for the default. */
export const port = check((value) => Number(value) >= 0 && Number(value) <= 65_535, {
  message: "is no port",
  remedy: "write a port from 1 to 65535",
});

/** A release, or a label that kubeadm looks up on the network. */
export const kubernetesVersion = check(
  (value) =>
    /^((release|ci)\/)?(v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)[-\w.+]*|(latest|stable)+(-[1-9](\.[1-9]\d?)?)?)$/.test(
      value,
    ),
  { message: "is no release", remedy: "write a release with its patch, such as v1.34.10" },
);

/** When images are pulled. */
export const pullPolicy = oneOf("Always", "IfNotPresent", "Never");

/** How `kubeadm reset` unmounts; umount2(2). */
export const unmountFlag = oneOf("MNT_FORCE", "MNT_DETACH", "MNT_EXPIRE", "UMOUNT_NOFOLLOW");

/** What a bootstrap token may be used for. */
export const tokenUsage = oneOf("signing", "authentication");

/** A group of whoever shows a bootstrap token. */
export const tokenGroup = check((value) => /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/.test(value), {
  message: "is no group of bootstrap tokens",
  remedy: "write system:bootstrappers: and lower-case letters, digits, colons or hyphens",
});

/** A kubeconfig on the web or on the node's disk, on which nobody else can look. */
export const kubeconfigSource = check((value) => !/^[a-z][a-z\d+.-]*:/i.test(value) || /^(https|file):/i.test(value), {
  message: "is neither a path nor an https URL",
  remedy: "write a path, or a URL that begins with https://",
});

/** A key type of certificates; https://github.com/kubernetes/kubernetes/pull/131677 */
export const encryptionAlgorithm: ValueCheck = {
  concern: "release",
  judge(value, release) {
    const known = ["RSA-2048", "RSA-3072", "RSA-4096", "ECDSA-P256"];
    if (behaviour(release).ecdsaP384) known.push("ECDSA-P384");
    if (known.includes(value)) return undefined;
    const { first } = minorsWhere((row) => row.ecdsaP384);
    const newer = value === "ECDSA-P384" ? `, or use Kubernetes 1.${first} or newer` : "";
    return {
      message: `kubeadm ${release.text} does not know ${value} and refuses the document`,
      remedy: `choose one of ${known.join(", ")}${newer}`,
    };
  },
};

/** Where every node and client reaches the API. */
export const controlPlaneEndpoint: ValueCheck = { concern: "endpoint", judge: (value) => endpointSaying(value) };

/** Where a joining node finds the cluster. */
export const joinEndpoint: ValueCheck = { concern: "endpoint", judge: (value) => joinEndpointSaying(value) };

/** The address that an API server tells the others. */
export const advertiseAddress: ValueCheck = {
  concern: "address",
  judge(value) {
    const remedy = "write the node's own address in the network of the nodes";
    const address = parseAddress(value);
    if (address === undefined) return { message: `"${value}" is not an IP address`, remedy };
    const reason = unusableReason(address);
    return reason === undefined ? undefined : { message: `${value} ${reason}`, remedy };
  },
};

/** A bootstrap token. */
export const token = secret(isBootstrapToken, {
  message: "is not of the form abcdef.0123456789abcdef",
  remedy: "write 6 and 16 lower-case letters or digits with a dot between, as kubeadm token generate prints them",
});

/** The key that the certificates of the control plane are encrypted with. */
export const certificateKey = secret(isCertificateKey, {
  message: "is not 64 hexadecimal digits",
  remedy: "write what kubeadm certs certificate-key prints; quote it",
});

/** The hash by which a joining node knows the cluster's CA. */
export const caCertHash = secret(isCaCertHash, {
  message: "is not sha256: and 64 hexadecimal digits",
  remedy: "write the hash that kubeadm token create --print-join-command prints",
});

/** A feature gate of kubeadm. */
export const featureGate: ValueCheck = { concern: "gate", judge: gateSaying };

function check(test: (value: string) => boolean, saying: Saying): ValueCheck {
  return {
    concern: "value",
    judge: (value) => (test(value) ? undefined : { ...saying, message: `"${value}" ${saying.message}` }),
  };
}

// Secrets are never printed.
function secret(test: (value: string) => boolean, saying: Saying): ValueCheck {
  return { concern: "secret", judge: (value) => (test(value) ? undefined : saying) };
}

function oneOf(...known: readonly string[]): ValueCheck {
  return check((value) => known.includes(value), {
    message: `is not one of ${known.join(", ")}`,
    remedy: `choose one of ${known.join(", ")}`,
  });
}

function isCertificateName(name: string): boolean {
  return isDNSName(name.replace(/^\*\./, "")) || parseAddress(name) !== undefined;
}

function isImageRepository(repository: string): boolean {
  const [first = "", ...rest] = repository.split("/");
  const domain = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:]+\])(?::\d+)?$/i.test(
    first,
  );
  const component = /^[a-z\d]+(?:(?:\.|__?|-+)[a-z\d]+)*$/;
  return (domain || component.test(first)) && rest.every((step) => component.test(step));
}

/** Whether a text is a URL as Go reads it: with a scheme, and with a number where a port stands. */
export function isURL(value: string): boolean {
  const parts = /^[a-z][a-z\d+.-]*:(?:\/\/([^/?#]*))?/i.exec(value);
  // oxlint-disable-next-line no-control-regex -- Go refuses them.
  if (parts === null || /[\u0000-\u001f\u007f]/.test(value)) return false;
  const [, authority = ""] = parts;
  return /^(?:[^\s@"<>\\^`{|}]*@)?(?:\[[^\]\s]*\]|[^\s:@"<>\\^`{|}[\]]*)(?::\d*)?$/.test(authority);
}
