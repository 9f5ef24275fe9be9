import { hitAt } from "../hit.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV03 = kubeVipRule({
  id: "KV03",
  name: "duplicate-variable",
  severity: "error",
  summary: "No variable is set twice.",
  reason:
    "the last one wins without a word; kube-vip's own generator writes vip_loseleadership twice, the second time as a number: https://github.com/kube-vip/kube-vip/pull/1719",
  remedy: "keep one of them",
  check: ({ container: { environment } }) =>
    environment.flatMap(({ name, part }, index) => {
      const first = environment.slice(0, index).find((entry) => entry.name === name);
      if (name === "" || first === undefined) return [];
      const same = JSON.stringify(withoutName(first.part.value)) === JSON.stringify(withoutName(part.value));
      const line = first.part.position().line;
      return [
        same
          ? hitAt(part.at("name"), `${name} is set to the same in line ${line}`)
          : hitAt(part.at("name"), `${name} is set in line ${line} to something else, which this overrides`),
      ];
    }),
});

function withoutName(entry: unknown): unknown {
  const { name: _, ...rest } = entry as Readonly<Record<string, unknown>>;
  return rest;
}
