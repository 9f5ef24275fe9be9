import { UserError } from "../errors.ts";
import type { ClusterPicture } from "../model/picture.ts";
import { embeddedFiles } from "../readers/embedded.ts";
import { type InputFile, readTree } from "../readers/read-tree.ts";
import { type ClusterTiming, clusterTiming, type MissingTiming } from "./cluster-timing.ts";
import { nonlocalBinds } from "./nonlocal-bind.ts";

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
  const all = [...files, ...files.flatMap((file) => embeddedFiles(file).inputs)];
  const inputs = new Map(all.map((input) => [input.file, input]));
  const timed = readTree(all).clusters.map((cluster) => ({
    name: cluster.name,
    timing: withBinds(clusterTiming(cluster, endpoint), { cluster, inputs }),
  }));
  const known = timed.flatMap((one) => ("missing" in one.timing ? [] : [{ name: one.name, timing: one.timing }]));
  const [found, ...others] = known;
  if (found === undefined) throw new UserError(`${name} ${missing(timed.map(({ timing }) => timing))}`);
  if (others.length > 0)
    throw new UserError(
      `${name} holds several clusters (${known.map((one) => one.name).join(", ")}): name the directory of one`,
    );
  return found.timing;
}

interface Surroundings {
  readonly cluster: ClusterPicture;
  readonly inputs: ReadonlyMap<string, InputFile>;
}

// A balancer that runs on one node only is no balancer to move to.
function withBinds(
  timing: ClusterTiming | MissingTiming,
  { cluster, inputs }: Surroundings,
): ClusterTiming | MissingTiming {
  if ("missing" in timing) return timing;
  const binds = cluster.nodes.flatMap((node) => nonlocalBinds(node, inputs));
  const [first] = binds;
  if (first === undefined) return timing;
  const { program, address, setting } = first;
  const places = [...new Set(binds.map(({ place }) => place))].join(", ");
  const note = `Not protected, unless ${setting} is 1: ${program} listens on the virtual IP ${address} (${places}) and starts only where that is; no sysctl.d file here sets it. Predicted as if it were set.`;
  return { ...timing, notes: [...timing.notes, note] };
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
