import type { FileRule } from "../rule.ts";
import { instancePath } from "./place.ts";
import { weightsOf } from "./weights.ts";

export const KA04: FileRule = {
  id: "KA04",
  name: "nopreempt-weight",
  scope: "keepalived",
  severity: "error",
  summary: "With nopreempt every weight is 0.",
  reason:
    "a backup with nopreempt accepts adverts of any priority, so a lowered one moves nothing while the old holder runs: https://github.com/acassen/keepalived/issues/2599",
  remedy: "use weight 0: a failing check then puts the instance into FAULT, and the virtual IP moves at once",
  check: (model) =>
    model.instances.flatMap((instance) => {
      const [weight] = weightsOf(model, instance);
      if (instance.nopreempt?.value !== true || weight === undefined) return [];
      return [
        {
          position: instance.nopreempt.position,
          path: instancePath(instance, "nopreempt"),
          message: `weight ${weight.value} of ${weight.name} never moves the virtual IP of ${instance.name.value}, which has nopreempt`,
        },
      ];
    }),
};
