import type { HaproxyModel } from "../../model/balancer.ts";
import type { Located } from "../../model/located.ts";
import { containerOf } from "../container.ts";
import type { FileRule } from "../rule.ts";
import { manual } from "./hits.ts";

/** haproxy knows how many connections it may hold. */
export const HA10: FileRule = {
  id: "HA10",
  name: "global-maxconn",
  scope: "haproxy",
  severity: "warning",
  summary: "In a container haproxy has a global limit of connections, which its limit of open files allows.",
  reason: `without \`maxconn\` haproxy sizes itself for the limit of open files, which is huge in containers, and is killed for its memory (https://github.com/docker-library/haproxy/issues/194); every connection takes two files, and where the limit cannot be raised haproxy does not start; ${manual("3.2-maxconn")}`,
  remedy: "write `maxconn 8000` in global",
  check: (model, { node }) => {
    const { maxConnections, block } = model.globals;
    if (maxConnections === undefined) {
      if (containerOf(node, { program: "haproxy", file: model.file }) === undefined) return [];
      const message =
        "without `maxconn` in global haproxy reserves memory for as many connections as files may be open";
      return [{ position: (block ?? model.start).position, path: "global.maxconn", message }];
    }
    const needed = 2 * maxConnections.value + 40;
    const limit = fileLimit(model);
    if (limit === undefined || needed <= limit.value) return [];
    const message = `maxconn ${maxConnections.value} takes ${needed} open files, but ${limit.name} allows ${limit.value}`;
    return [{ position: maxConnections.position, path: "global.maxconn", message, severity: "error" }];
  },
};

interface FileLimit {
  readonly name: string;
  readonly value: number;
}

function fileLimit({ globals }: HaproxyModel): FileLimit | undefined {
  const limits = globals.keywords.flatMap(({ name, arguments: [value] }): readonly FileLimit[] =>
    isLimit(name) && value !== undefined && /^\d+$/.test(value.value)
      ? [{ name: name.value, value: Number(value.value) }]
      : [],
  );
  return limits.toSorted((a, b) => a.value - b.value)[0];
}

function isLimit({ value }: Located<string>): boolean {
  return value === "ulimit-n" || value === "fd-hard-limit";
}
