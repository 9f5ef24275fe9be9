import { isRecord, readPath } from "../../config/paths.ts";
import type { NodePicture } from "../../model/picture.ts";
import { type Agent, agentOf } from "../../readers/agent.ts";
import type { Pod } from "../../readers/pod.ts";
import { configMapDirectory, podsOf } from "./config-maps.ts";

/** The pod of a machine that runs a program, with that program's container alone, as text; undefined without one. */
export function manifestOf(node: NodePicture, kind: Agent): string | undefined {
  const found = podOf(node, kind);
  if (found === undefined) return undefined;
  const { pod, index } = found;
  const { initContainers: _, ...spec } = recordOf(pod.spec.value);
  const containers = listOf(spec["containers"]);
  const volumes = listOf(spec["volumes"]).map((volume) => {
    const directory = configMapDirectory(volume, pod, node);
    return directory === undefined ? volume : { name: readPath(volume, ["name"]), hostPath: { path: directory } };
  });
  const metadata = { name: pod.metadata.at("name").text ?? readPath(pod.object.value, ["metadata", "name"]) };
  return JSON.stringify({ metadata, spec: { ...spec, containers: [containers[index]], volumes } });
}

/** What else the pods of those programs would run, one sentence each: it has no program here. */
export function leftOutOf(node: NodePicture, kinds: readonly Agent[]): readonly string[] {
  const pods = [...new Set(kinds.flatMap((kind) => podOf(node, kind)?.pod ?? []))];
  return pods.flatMap((pod) => {
    const init = listOf(recordOf(pod.spec.value)["initContainers"]).map((container) => readPath(container, ["name"]));
    const others = pod.containers.filter((container) => !kinds.some((kind) => agentOf(container) === kind));
    const names = [...init, ...others.map(({ name }) => name)];
    const [noun, verb] = names.length === 1 ? ["container", "is"] : ["containers", "are"];
    return names.length === 0
      ? []
      : [
          `${node.name}: ${noun} ${names.join(", ")} of ${pod.object.path} ${verb} not run: their programs are not here`,
        ];
  });
}

interface FoundPod {
  readonly pod: Pod;
  /** Of the container. */
  readonly index: number;
}

function podOf(node: NodePicture, kind: Agent): FoundPod | undefined {
  return podsOf(node)
    .map((pod) => ({ pod, index: pod.containers.findIndex((container) => agentOf(container) === kind) }))
    .find(({ index }) => index >= 0);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
