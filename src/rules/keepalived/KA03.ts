import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { instancePath } from "./place.ts";
import { siblingsOf } from "./siblings.ts";
import { priorityOf } from "./timing.ts";
import { type Weight, weightsOf } from "./weights.ts";

export const KA03: FileRule = {
  id: "KA03",
  name: "weight-gap",
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
      return [...sumHits(instance, weights), ...gapHits({ model, instance, weights }, context)];
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
  readonly model: KeepalivedModel;
  readonly instance: VrrpInstance;
  readonly weights: readonly Weight[];
}

// A failing check lowers the machine by its weight, whether by losing a positive or by getting a negative one.
function gapHits({ model, instance, weights }: Subject, { cluster }: RuleContext): readonly Hit[] {
  if (instance.nopreempt?.value === true) return [];
  const own = priorityOf(instance);
  const others = siblingsOf({ instance, model }, cluster).map((member) => ({
    node: member.node,
    priority: priorityOf(member.instance),
  }));
  const lowest = others.toSorted((a, b) => a.priority - b.priority)[0];
  if (lowest === undefined) return [];
  return weights
    .filter(({ value }) => own > lowest.priority && Math.abs(value) <= own - lowest.priority)
    .map(({ name, value, place }) => ({
      position: place.position,
      path: instancePath(instance, name),
      message: `weight ${value} does not bring priority ${own} below the ${lowest.priority} of ${lowest.node}`,
    }));
}
