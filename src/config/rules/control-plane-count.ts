import type { Problem, Rule } from "../rule.ts";
import { controlPlaneNodes } from "../spec.ts";

/** etcd needs a majority of an odd number. */
export const controlPlaneCount: Rule = {
  id: "control-plane-count",
  summary: "There are three or five control-plane nodes.",
  reason: "stacked etcd survives the loss of (n−1)/2 members: two survive no more than one, four no more than three",
  check: (spec) => {
    const count = controlPlaneNodes(spec).length;
    if (count === 0)
      return [
        {
          severity: "error",
          path: "nodes",
          message: "no control-plane node is given",
          remedy:
            "list the control-plane nodes; files are made for named nodes (pools of unnamed machines are not built yet)",
        },
      ];
    return warning(count);
  },
};

function warning(count: number): readonly Problem[] {
  if (count === 1)
    return [
      {
        severity: "warning",
        path: "nodes",
        message: "one control-plane node is not highly available",
        remedy: "plan for three; the endpoint and certificates made now let you add them later",
      },
    ];
  if (count % 2 === 1) return [];
  return [
    {
      severity: "warning",
      path: "nodes",
      message: `${count} control-plane nodes survive no more failures than ${count - 1}`,
      remedy: count > 8 ? `use ${count - 1}, or fewer` : `use ${count + 1}, or ${count - 1}`,
    },
  ];
}
