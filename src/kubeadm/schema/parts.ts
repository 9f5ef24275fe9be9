import { boolean, duration, type Field, type Fields, list, object, scalar, since, text, time } from "./field.ts";
import * as groups from "./groups.ts";
import * as values from "./values.ts";

// What v1beta3 and v1beta4 have in common.

export const typeMeta = { apiVersion: text(), kind: text() };

export const image = { imageRepository: text(values.imageRepository), imageTag: text() };

export const localAPIEndpoint = object({
  advertiseAddress: text(values.advertiseAddress),
  bindPort: scalar("int32", values.port),
});

/** Of InitConfiguration and JoinConfiguration. */
export const ofEveryNode = (registration: Fields) => ({
  skipPhases: list(text()),
  nodeRegistration: object({
    name: text(values.nodeName),
    criSocket: text(values.criSocket),
    ignorePreflightErrors: list(text()),
    imagePullPolicy: text(values.pullPolicy),
    ...registration,
    taints: list(object({ key: text(), value: text(), effect: text(), timeAdded: time })),
  }),
  patches: object({ directory: text() }),
});

export const ofInit = {
  certificateKey: text(values.certificateKey),
  bootstrapTokens: list(
    object(
      {
        token: text(values.token),
        description: text(),
        ttl: duration,
        expires: time,
        usages: list(text(values.tokenUsage)),
        groups: list(text(values.tokenGroup)),
      },
      groups.newToken,
    ),
  ),
  localAPIEndpoint,
};

/** Of JoinConfiguration, with what its `discovery` has besides. */
export const ofJoin = (discovery: Fields) => ({
  caCertPath: text(values.certificatePath),
  discovery: object(
    {
      tlsBootstrapToken: text(values.token),
      ...discovery,
      bootstrapToken: object(
        {
          token: text(values.token),
          apiServerEndpoint: text(values.joinEndpoint),
          caCertHashes: list(text(values.caCertHash)),
          unsafeSkipCAVerification: boolean,
        },
        groups.tokenDiscovery,
      ),
      file: object({ kubeConfigPath: text(values.kubeconfigSource) }, groups.fileDiscovery),
    },
    groups.oneDiscovery,
  ),
  controlPlane: object({ certificateKey: text(values.certificateKey), localAPIEndpoint }),
});

export const networking = object({
  serviceSubnet: text(),
  podSubnet: text(),
  dnsDomain: text(values.domainName),
});

export const certSANs = list(text(values.serverName));

const extraVolumes = list(
  object({ name: text(), hostPath: text(), mountPath: text(), readOnly: boolean, pathType: text() }),
);

/** Of every program of the control plane. */
export const component = (programs: Fields) => ({ ...programs, extraVolumes });

/** `programs` is what a program of kubeadm's may be given, `external` what came to external etcds later. */
export const etcd = (programs: Fields, external: Fields): Field =>
  object(
    {
      local: object({
        ...image,
        ...programs,
        dataDir: text(values.absolutePath),
        serverCertSANs: list(text(values.certificateName)),
        peerCertSANs: list(text(values.certificateName)),
      }),
      external: object(
        {
          endpoints: list(text()),
          ...external,
          caFile: text(values.absolutePath),
          certFile: text(values.absolutePath),
          keyFile: text(values.absolutePath),
        },
        groups.externalEtcd,
      ),
    },
    groups.oneEtcd,
  );

/** Where the value of an environment variable comes from: corev1.EnvVarSource. */
const valueFrom = object({
  fieldRef: object({ apiVersion: text(), fieldPath: text() }),
  resourceFieldRef: object({ containerName: text(), resource: text(), divisor: scalar("quantity") }),
  configMapKeyRef: object({ name: text(), key: text(), optional: boolean }),
  secretKeyRef: object({ name: text(), key: text(), optional: boolean }),
  fileKeyRef: since(34, object({ volumeName: text(), path: text(), key: text(), optional: boolean })),
});

export const environment = list(object({ name: text(), value: text(), valueFrom }));
