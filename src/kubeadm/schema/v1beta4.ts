import { boolean, duration, type Fields, list, map, object, scalar, since, text } from "./field.ts";
import * as groups from "./groups.ts";
import {
  certSANs,
  component,
  environment,
  etcd,
  image,
  networking,
  ofEveryNode,
  ofInit,
  ofJoin,
  typeMeta,
} from "./parts.ts";
import * as values from "./values.ts";

const args = list(object({ name: text(), value: text() }, groups.namedArgument));
const program = { extraArgs: args, extraEnvs: environment };
const timeouts = object({
  controlPlaneComponentHealthCheck: duration,
  kubeletHealthCheck: duration,
  kubernetesAPICall: duration,
  etcdAPICall: duration,
  tlsBootstrap: duration,
  discovery: duration,
  upgradeManifests: duration,
});
const node = {
  ...typeMeta,
  ...ofEveryNode({ imagePullSerial: boolean, kubeletExtraArgs: args }),
  dryRun: boolean,
  timeouts,
};
const httpEndpoints = since(35, list(text()), "endpoints are used for everything");

const upgradeOfNode = {
  certificateRenewal: boolean,
  dryRun: boolean,
  etcdUpgrade: boolean,
  ignorePreflightErrors: list(text()),
  skipPhases: list(text()),
  patches: object({ directory: text(values.absolutePath) }, groups.patchesDirectory),
  imagePullPolicy: text(values.pullPolicy),
  imagePullSerial: boolean,
};
const upgradeOfCluster = {
  kubernetesVersion: text(),
  allowExperimentalUpgrades: boolean,
  allowRCUpgrades: boolean,
  printConfig: boolean,
};

/**
 * The kinds of kubeadm.k8s.io/v1beta4, from Kubernetes 1.31 on.
 * https://github.com/kubernetes/kubernetes/blob/v1.37.0/cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go
 */
export const v1beta4: Fields = {
  InitConfiguration: object({ ...node, ...ofInit }),
  ClusterConfiguration: object(
    {
      ...typeMeta,
      kubernetesVersion: text(values.kubernetesVersion),
      controlPlaneEndpoint: text(values.controlPlaneEndpoint),
      certificatesDir: text(values.absolutePath),
      imageRepository: text(values.imageRepository),
      clusterName: text(),
      featureGates: map(boolean, values.featureGate),
      encryptionAlgorithm: text(values.encryptionAlgorithm),
      certificateValidityPeriod: duration,
      caCertificateValidityPeriod: duration,
      apiServer: object({ ...component(program), certSANs }),
      controllerManager: object(component(program)),
      scheduler: object(component(program)),
      dns: object({ ...image, disabled: boolean }),
      proxy: object({ disabled: boolean }),
      networking,
      etcd: etcd(program, { httpEndpoints }),
    },
    groups.networks,
  ),
  JoinConfiguration: object({ ...node, ...ofJoin({}) }, groups.joins),
  ResetConfiguration: object({
    ...typeMeta,
    cleanupTmpDir: boolean,
    certificatesDir: text(values.absolutePath),
    criSocket: text(values.criSocket),
    dryRun: boolean,
    force: boolean,
    ignorePreflightErrors: list(text()),
    skipPhases: list(text()),
    unmountFlags: list(text(values.unmountFlag)),
    timeouts,
  }),
  UpgradeConfiguration: object({
    ...typeMeta,
    apply: object({ ...upgradeOfCluster, ...upgradeOfNode, forceUpgrade: boolean }),
    diff: object({ kubernetesVersion: text(), contextLines: scalar("int") }),
    node: object(upgradeOfNode),
    plan: object({
      ...upgradeOfCluster,
      dryRun: boolean,
      etcdUpgrade: since(33, boolean),
      ignorePreflightErrors: list(text()),
    }),
    timeouts,
  }),
};
