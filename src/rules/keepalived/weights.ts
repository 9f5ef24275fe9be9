import type { Located } from "../../model/located.ts";
import type { KeepalivedModel, Tracking, VrrpInstance } from "../../model/vrrp.ts";

/** Something that an instance tracks and that changes its priority. */
export interface Weight {
  readonly name: string;
  readonly value: number;
  /** The number where it is written, else the name in the `track_…` block. */
  readonly place: Located<unknown>;
}

/**
 * The weights other than 0 of what an instance tracks. What stands in the `track_…` block wins over
 * the definition; tracked files count once where nothing is said, all others not at all.
 */
export function weightsOf(model: KeepalivedModel, instance: VrrpInstance): readonly Weight[] {
  return [
    ...pick(instance.trackedScripts, { definitions: model.scripts, absent: 0 }),
    ...pick(instance.trackedProcesses, { definitions: model.processes, absent: 0 }),
    ...pick(instance.trackedFiles, { definitions: model.files, absent: 1 }),
    ...pick(instance.trackedInterfaces, { definitions: undefined, absent: 0 }),
  ].filter(({ value }) => value !== 0);
}

interface Definitions {
  /** What defines the names; undefined for those that nothing has to define. */
  readonly definitions: readonly Pick<KeepalivedModel["scripts"][number], "name" | "weight">[] | undefined;
  readonly absent: number;
}

function pick(trackings: readonly Tracking[], { definitions, absent }: Definitions): readonly Weight[] {
  return trackings.flatMap(({ name, weight }) => {
    const definition = definitions?.find((candidate) => candidate.name.value === name.value);
    // keepalived ignores a name that nothing defines.
    if (definition === undefined && definitions !== undefined) return [];
    const written = weight ?? definition?.weight;
    return [{ name: name.value, value: written?.value ?? absent, place: written ?? name }];
  });
}
