import type { KeepalivedModel, Tracking, VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";
import { bareAddress } from "./siblings.ts";

export const KA01: FileRule = {
  id: "KA01",
  name: "no-tracking",
  aliases: ["VRRP-NO-TRACK"],
  scope: "keepalived",
  severity: "error",
  summary: "An instance tracks a check of the load balancer: a script, a process or a file.",
  reason:
    "VRRP alone sees machines that vanish; a balancer that died keeps the virtual IP, and every client with it: https://www.keepalived.org/manpage.html",
  remedy: "define a vrrp_script that asks the load balancer and name it in track_script",
  check: (model) => {
    if (model.unread.length > 0) return [];
    return model.instances.flatMap((instance) => [
      ...undefinedNames(model, instance),
      ...(isHidden(model, instance) || isServedByLVS(model, instance) ? [] : untracked(instance)),
    ]);
  },
};

// A template's word stands where a name should be.
function isHidden({ residue }: KeepalivedModel, { places }: VrrpInstance): boolean {
  return residue.length > 0 && ["track_script", "track_process", "track_file"].some((block) => places.has(block));
}

// LVS is part of keepalived, which then checks the servers by itself.
function isServedByLVS({ virtualServers }: KeepalivedModel, { addresses }: VrrpInstance): boolean {
  return virtualServers.some((server) =>
    addresses.some(({ address }) => bareAddress(address.value) === server.address.value),
  );
}

function untracked(instance: VrrpInstance): readonly Hit[] {
  const tracked = [instance.trackedScripts, instance.trackedProcesses, instance.trackedFiles].flat();
  if (tracked.length > 0) return [];
  return [
    {
      position: instance.keyword.position,
      path: instancePath(instance),
      message: `${instance.name.value} tracks nothing that could fail while the machine runs`,
    },
  ];
}

// keepalived ignores a name that nothing defines, and goes on without the check.
function undefinedNames(model: KeepalivedModel, instance: VrrpInstance): readonly Hit[] {
  const report = (trackings: readonly Tracking[], kind: "script" | "process" | "file"): readonly Hit[] => {
    const defined = { script: model.scripts, process: model.processes, file: model.files }[kind];
    return trackings
      .filter(({ name }) => !defined.some((definition) => definition.name.value === name.value))
      .map(({ name }) => ({
        position: name.position,
        path: instancePath(instance, `track_${kind}`),
        message: `${name.value} is tracked, but no ${kind === "file" ? "track_file" : `vrrp_${kind === "script" ? "script" : "track_process"}`} defines it`,
        remedy: `define ${name.value}, or track what is defined${defined[0] === undefined ? "" : `, such as ${defined[0].name.value}`}`,
      }));
  };
  return [
    ...report(instance.trackedScripts, "script"),
    ...report(instance.trackedProcesses, "process"),
    ...report(instance.trackedFiles, "file"),
  ];
}
