import { duration, type Fields, map, object, text, boolean } from "./field.ts";
import * as groups from "./groups.ts";
import { certSANs, component, etcd, image, networking, ofEveryNode, ofInit, ofJoin, typeMeta } from "./parts.ts";
import * as values from "./values.ts";

const program = { extraArgs: map(text()) };
const node = { ...typeMeta, ...ofEveryNode({ kubeletExtraArgs: map(text()) }) };

/**
 * The kinds of kubeadm.k8s.io/v1beta3, Kubernetes 1.22 to 1.36.
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/apis/kubeadm/v1beta3/types.go
 */
export const v1beta3: Fields = {
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
      apiServer: object({ ...component(program), certSANs, timeoutForControlPlane: duration }),
      controllerManager: object(component(program)),
      scheduler: object(component(program)),
      dns: object(image),
      networking,
      etcd: etcd(program, {}),
    },
    groups.networks,
  ),
  JoinConfiguration: object({ ...node, ...ofJoin({ timeout: duration }) }, groups.joins),
};
