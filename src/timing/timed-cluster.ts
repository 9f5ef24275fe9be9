import { UserError } from "../errors.ts";
import { embeddedFiles } from "../readers/embedded.ts";
import { type InputFile, readTree } from "../readers/read-tree.ts";
import { type ClusterTiming, clusterTiming, type MissingTiming } from "./cluster-timing.ts";

/** Files to predict from. */
export interface TimedFiles {
  /** As they were named on the command line. */
  readonly name: string;
  readonly files: readonly InputFile[];
  /** HOST[:PORT] as the user says; else the files say it. */
  readonly endpoint: string | undefined;
}

/** The timing of the one cluster among some files; what is missing for that ends in a UserError. */
export function timedCluster({ name, files, endpoint }: TimedFiles): ClusterTiming {
  const { clusters } = readTree([...files, ...files.flatMap((file) => embeddedFiles(file).inputs)]);
  const timed = clusters.map((cluster) => ({ name: cluster.name, timing: clusterTiming(cluster, endpoint) }));
  const known = timed.flatMap((one) => ("missing" in one.timing ? [] : [{ name: one.name, timing: one.timing }]));
  const [found, ...others] = known;
  if (found === undefined) throw new UserError(`${name} ${missing(timed.map(({ timing }) => timing))}`);
  if (others.length > 0)
    throw new UserError(
      `${name} holds several clusters (${known.map((one) => one.name).join(", ")}): name the directory of one`,
    );
  return found.timing;
}

// The cluster that has most of what is needed tells what it lacks.
function missing(timings: readonly (ClusterTiming | MissingTiming)[]): string {
  const texts = timings.flatMap((timing) => ("missing" in timing ? [timing.missing] : []));
  return (
    texts.find((text) => text.includes("kube-vip that")) ??
    texts.find((text) => text.includes("balancer")) ??
    texts[0] ??
    "has no keepalived, kube-vip, haproxy or nginx configuration"
  );
}
