import type { NginxUpstream } from "../../model/balancer.ts";
import type { Located } from "../../model/located.ts";
import type { FileRule, Hit } from "../rule.ts";
import { apiServerStreams } from "./api-servers.ts";

/** nginx learns soon that an API server is dead, in every worker, and forgets it soon. */
export const NX02: FileRule = {
  id: "NX02",
  name: "passive",
  aliases: ["NGINX-CONNECT", "NGINX-PASSIVE"],
  scope: "nginx",
  severity: "warning",
  summary: "One or two failures take an API server out, for at most 10 s, in all workers.",
  reason:
    "nginx learns from clients' connections alone: each of max_fails failures costs a client proxy_connect_timeout, and every worker learns for itself without a zone; after a total outage clients are refused for fail_timeout more (11.0 s measured with 10 s); https://nginx.org/en/docs/stream/ngx_stream_upstream_module.html#server",
  remedy: "write `max_fails=1 fail_timeout=5s` on the servers and `zone apiservers 64k;` in the upstream",
  check: (model) => apiServerStreams(model).upstreams.flatMap((upstream) => judge(upstream, model.workers)),
};

function judge(upstream: NginxUpstream, workers: Located<string> | undefined): readonly Hit[] {
  const fails = upstream.servers
    .flatMap(({ maxFails }) => maxFails ?? [])
    .find(({ value }) => value > 2 || value === 0);
  const timeout = upstream.servers.flatMap(({ failTimeout }) => failTimeout ?? []).find(({ value }) => value > longest);
  const isShared = upstream.zone !== undefined || workers === undefined || workers.value === "1";
  const parts = [
    ...(fails === undefined ? [] : [failsMessage(fails.value)]),
    ...(timeout === undefined
      ? []
      : [`after an outage an API server gets nothing for up to ${timeout.value / 1000} s more`]),
    ...(isShared
      ? []
      : [`without a zone each of worker_processes ${workers.value} learns of a dead API server for itself`]),
  ];
  if (parts.length === 0) return [];
  const { position } = fails ?? timeout ?? upstream.keyword;
  return [{ position, path: `upstream ${upstream.name.value}`, message: parts.join("; ") }];
}

function failsMessage(fails: number): string {
  if (fails === 0) return "max_fails=0: a dead API server is never taken out";
  return `max_fails=${fails}: ${fails} clients wait in vain before a dead API server is taken out`;
}

const longest = 10_000;
