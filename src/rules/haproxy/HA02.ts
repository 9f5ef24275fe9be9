import type { HaproxyProxy } from "../../model/balancer.ts";
import type { FileRule, Hit } from "../rule.ts";
import { healthCheckOf } from "./health-check.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { checkingProxies } from "./members.ts";

/** The health check asks the endpoint that is made for load balancers. */
export const HA02: FileRule = {
  id: "HA02",
  name: "endpoint",
  scope: "haproxy",
  severity: "warning",
  summary: "The health check is `GET /readyz` and expects 200.",
  reason: `/healthz is deprecated since Kubernetes 1.16; /readyz turns red while an API server starts, drains or has lost etcd (https://kubernetes.io/docs/reference/using-api/health-checks/); \`option httpchk\` alone sends \`OPTIONS /\`, and without \`http-check expect\` any 2xx and 3xx counts: ${manual("4.2-http-check expect")}`,
  remedy:
    "write `http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host kubernetes` and `http-check expect status 200`",
  check: (model, context) => {
    // Beside another backend that asks /readyz, /livez decides which connections are cut.
    const asksReadyz = model.proxies.some((proxy) => healthCheckOf(proxy).uri?.value.startsWith("/readyz"));
    return oncePerPlace(
      checkingProxies(model, context).flatMap((proxy) => [...askedHits(proxy, asksReadyz), ...expectHits(proxy)]),
    );
  },
};

function askedHits(proxy: HaproxyProxy, asksReadyz: boolean): readonly Hit[] {
  const { kind, keyword, method, uri } = healthCheckOf(proxy);
  if (kind !== "http" || keyword === undefined) return [];
  const path = pathOf(proxy, "option httpchk");
  if (uri === undefined)
    return [{ position: keyword.position, path, message: `the check is \`${method} /\`, which asks for nothing` }];
  const endpoint = uri.value.replace(/\?.*$/s, "");
  const problem = problemOf(endpoint, asksReadyz);
  if (problem !== undefined)
    return [{ position: uri.position, path, message: `the check asks ${endpoint}, ${problem}` }];
  if (method === "GET") return [];
  return [
    { position: uri.position, path, message: `the check uses ${method}, which the API server does not answer as GET` },
  ];
}

function problemOf(endpoint: string, asksReadyz: boolean): string | undefined {
  if (/^\/readyz(?:\/|$)/.test(endpoint)) return undefined;
  if (/^\/livez(?:\/|$)/.test(endpoint))
    return asksReadyz ? undefined : "which is 200 on an API server that is not ready";
  return /^\/healthz(?:\/|$)/.test(endpoint)
    ? "which is deprecated since Kubernetes 1.16"
    : "which is no health endpoint of the API server";
}

function expectHits(proxy: HaproxyProxy): readonly Hit[] {
  const { kind, keyword, expect } = healthCheckOf(proxy);
  if (kind !== "http" || keyword === undefined || expect !== undefined) return [];
  return [
    {
      position: keyword.position,
      path: pathOf(proxy, "http-check expect"),
      message: `${pathOf(proxy)} has no \`http-check expect\`, so any 2xx and 3xx counts as ready`,
      severity: "info",
    },
  ];
}
