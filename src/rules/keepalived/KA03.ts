import type { VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { instancePath } from "./place.ts";
import { siblingsOf } from "./siblings.ts";
import { priorityOf } from "./timing.ts";
import { type Weight, weightsOf } from "./weights.ts";

export const KA03: FileRule = {
  id: "KA03",
  name: "weight-gap",
  aliases: ["VRRP-WEIGHT"],
  scope: "keepalived",
  severity: "error",
  summary: "A weight is larger than the distance to the lowest priority, and sums stay within 254.",
  reason:
    "the virtual IP moves only when the failing machine's priority falls below that of another one; sums are cut to 1..254, and priority 255 ignores weights: https://github.com/acassen/keepalived/issues/2599",
  remedy: "use weight 0, which gives the virtual IP up at once, or a weight larger than the gap between the priorities",
  check: (model, context) =>
    model.instances.flatMap((instance) => {
      const weights = weightsOf(model, instance);
      if (weights.length === 0) return [];
      if (priorityOf(instance) === 255) return [ownerHit(instance, weights)];
      const sum = sumHits(instance, weights);
      return sum.length > 0 ? sum : gapHits({ instance, weights }, context);
    }),
};

function ownerHit(instance: VrrpInstance, weights: readonly Weight[]): Hit {
  return {
    position: instance.priority?.position ?? instance.keyword.position,
    path: instancePath(instance, "priority"),
    message: `priority 255 ignores the weight of ${weights.map(({ name }) => name).join(", ")}`,
    remedy: "give every node a priority below 255",
  };
}

function sumHits(instance: VrrpInstance, weights: readonly Weight[]): readonly Hit[] {
  const positive = weights.filter(({ value }) => value > 0);
  const sum = positive.reduce((total, { value }) => total + value, priorityOf(instance));
  const last = positive.at(-1);
  if (sum <= 254 || last === undefined) return [];
  return [
    {
      position: last.place.position,
      path: instancePath(instance, "priority"),
      message: `priority ${priorityOf(instance)} and its weights make ${sum}, which is cut to 254`,
      remedy: "lower the priorities so that every sum is below 255",
    },
  ];
}

interface Subject {
  readonly instance: VrrpInstance;
  readonly weights: readonly Weight[];
}

// A failing check lowers the machine by its weight, whether by losing a positive or by getting a negative one.
function gapHits({ instance, weights }: Subject, { cluster }: RuleContext): readonly Hit[] {
  const siblings = siblingsOf(instance, cluster).map((member) => priorityOf(member.instance));
  const priorities = [priorityOf(instance), ...siblings];
  const [highest, lowest] = [Math.max(...priorities), Math.min(...priorities)];
  if (siblings.length === 0) return [];
  return weights
    .filter(({ value }) => Math.abs(value) <= highest - lowest)
    .map(({ name, value, place }) => ({
      position: place.position,
      path: instancePath(instance, name),
      message: `weight ${value} does not bring priority ${highest} below ${lowest}, the lowest of ${priorities.length} nodes`,
    }));
}
