import type { HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { carryingProxies } from "./members.ts";

/** A connection that an API server refuses goes to another one. */
export const HA05: FileRule = {
  id: "HA05",
  name: "redispatch",
  scope: "haproxy",
  severity: "warning",
  summary: "A connection that one API server does not take goes to another one.",
  reason: `without \`option redispatch\` haproxy tries the same dead server again and again: 3 s, then the connection fails, for one in n clients until the check has noticed; with it 2 ms (measured with haproxy 2.6); ${manual("4.2-option redispatch")}`,
  remedy: "write `option redispatch 1` and `retries 3` in defaults",
  check: (model, context) => oncePerPlace(carryingProxies(model, context).flatMap(judge)),
};

function judge(proxy: HaproxyProxy): readonly Hit[] {
  const last = (name: string): HaproxyProxy["keywords"][number] | undefined =>
    proxy.keywords.findLast((keyword) => keyword.name.value === name);
  const [retries] = last("retries")?.arguments ?? [];
  if (retries?.value === "0") {
    const message = "retries 0: a connection that is refused fails at once, though other servers live";
    return [{ position: retries.position, path: pathOf(proxy, "retries"), message }];
  }
  const option = last("option redispatch");
  const [interval] = option?.arguments ?? [];
  if (option !== undefined && interval?.value !== "0") return [];
  const position = interval?.position ?? last("no option redispatch")?.name.position ?? proxy.kind.position;
  const message = `${pathOf(proxy)} tries a dead server ${retries?.value ?? 3} times more and then gives up, though others live`;
  return [{ position, path: pathOf(proxy, "option redispatch"), message }];
}
