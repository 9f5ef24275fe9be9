import type { FileRule, Hit } from "../rule.ts";
import { instancePath } from "./place.ts";

export const KA11: FileRule = {
  id: "KA11",
  name: "state-master",
  aliases: ["VRRP-PREEMPT"],
  scope: "keepalived",
  severity: "warning",
  summary: "Every instance begins in state BACKUP.",
  reason:
    "the priority elects, not the state; MASTER switches nopreempt and preempt_delay off and takes the virtual IP after one advert: https://github.com/acassen/keepalived/blob/master/keepalived/vrrp/vrrp.c",
  remedy: "write state BACKUP on every node",
  check: (model) =>
    model.instances.flatMap((instance): readonly Hit[] => {
      const { state, nopreempt, preemptDelay } = instance;
      if (state === undefined || state.value === "BACKUP") return [];
      const at = { position: state.position, path: instancePath(instance, "state") };
      if (state.value !== "MASTER")
        return [{ ...at, severity: "error" as const, message: `${state.value} is neither MASTER nor BACKUP` }];
      const off = nopreempt?.value === true ? "nopreempt" : preemptDelay === undefined ? undefined : "preempt_delay";
      return [
        {
          ...at,
          message:
            off === undefined
              ? `${instance.name.value} takes the virtual IP after one advert`
              : `${instance.name.value} begins as MASTER, which switches ${off} off`,
          fix: { file: state.position.file, line: state.position.line, find: "MASTER", replace: "BACKUP" },
        },
      ];
    }),
};
