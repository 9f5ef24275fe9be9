import type { ClusterPicture } from "../../model/picture.ts";
import { UserError } from "../../errors.ts";
import { controlPlaneKubeVips } from "../../timing/lease-timing.ts";
import { embeddedFiles } from "../../readers/embedded.ts";
import { type InputFile, readTree } from "../../readers/read-tree.ts";
import { configMapFiles } from "./config-maps.ts";

/** Files of one cluster, and what they are made of. */
export interface SceneFiles {
  readonly cluster: ClusterPicture;
  /** Every file by the name that the picture gives it. */
  readonly inputs: ReadonlyMap<string, InputFile>;
}

/** The one cluster that runs keepalived among some files; what is missing for that ends in a UserError. */
export function sceneFiles(files: readonly InputFile[], name: string): SceneFiles {
  const carried = [...files, ...files.flatMap((file) => embeddedFiles(file).inputs)];
  const all = [...carried, ...configMapFiles(carried)];
  const { clusters } = readTree(all);
  const [cluster, ...others] = clusters.filter((candidate) => candidate.nodes.some(runsKeepalived));
  if (cluster === undefined) throw new UserError(nothingToRehearse(clusters, name));
  if (others.length > 0)
    throw new UserError(
      `${name} holds several clusters (${[cluster, ...others].map((one) => one.name).join(", ")}): name the directory of one`,
    );
  return { cluster, inputs: new Map(all.map((input) => [input.file, input])) };
}

/** Whether a machine takes part in an election. */
export function runsKeepalived({ keepalived }: ClusterPicture["nodes"][number]): boolean {
  return keepalived.some(({ instances }) => instances.length > 0);
}

function nothingToRehearse(clusters: readonly ClusterPicture[], name: string): string {
  const nodes = clusters.flatMap((cluster) => cluster.nodes);
  const [kubeVip] = clusters.flatMap(controlPlaneKubeVips);
  if (kubeVip !== undefined)
    return `${name} has kube-vip (${kubeVip.pod.object.file}) and no keepalived: kube-vip elects through a real Kubernetes API, which a rehearsal has not; kubeadm-ha predict computes what its faults cost`;
  const balancers = nodes.some(({ haproxy, nginx }) => haproxy.length + nginx.length > 0);
  return balancers
    ? `${name} has a balancer but no keepalived configuration: nothing there holds a virtual IP`
    : `${name} has neither a keepalived nor a haproxy or nginx configuration`;
}
