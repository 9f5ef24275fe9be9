import type { FileRule } from "../rule.ts";
import { instancePath } from "./place.ts";

export const KA18: FileRule = {
  id: "KA18",
  name: "dont-track-primary",
  aliases: ["DONT-TRACK-PRIMARY"],
  scope: "keepalived",
  severity: "warning",
  summary: "An instance gives up when its interface goes down.",
  reason:
    "with dont_track_primary a machine with a dead link goes on as holder: https://www.keepalived.org/manpage.html",
  remedy: "remove dont_track_primary",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const { dontTrackPrimary } = instance;
      if (dontTrackPrimary?.value !== true) return [];
      const { position } = dontTrackPrimary;
      return [
        {
          position,
          path: instancePath(instance, "dont_track_primary"),
          message: `${instance.name.value} ignores the loss of ${instance.interface?.value ?? "its interface"}`,
          fix: { file: position.file, line: position.line, find: "dont_track_primary", replace: "" },
        },
      ];
    }),
};
