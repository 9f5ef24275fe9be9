import type { FileRule } from "../rule.ts";
import { instancePath } from "./place.ts";
import { secondsText } from "./timing.ts";
import { weightsOf } from "./weights.ts";

export const KA05: FileRule = {
  id: "KA05",
  name: "delay-weight",
  scope: "keepalived",
  severity: "warning",
  summary: "With preempt_delay every weight is 0.",
  reason:
    "a backup within its delay accepts adverts of any priority, so a failover by weight waits for it: vrrp_state_backup() in https://github.com/acassen/keepalived/blob/master/keepalived/vrrp/vrrp.c",
  remedy: "use weight 0, or drop preempt_delay",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const { preemptDelay, name } = instance;
      const [weight] = weightsOf(model, instance);
      if (preemptDelay === undefined || preemptDelay.value === 0 || weight === undefined) return [];
      return [
        {
          position: instance.places.get("preempt_delay") ?? preemptDelay.position,
          path: instancePath(instance, "preempt_delay"),
          message: `${name.value} takes over ${secondsText(preemptDelay.value)} later when weight ${weight.value} of ${weight.name} lowers the holder`,
        },
      ];
    }),
};
