import type { Pair } from "../pair.ts";
import { nginxWith, soundNginx } from "./sound.ts";

type Change = readonly [from: string, to: string];

const file = "etc/nginx/nginx.conf";

/** The sound file against the same with one change. */
function pair(rule: string, at: string, change: Change): Pair {
  return { rule, file, at, bad: nginxWith(change), good: soundNginx };
}

const pod = {
  path: "etc/kubernetes/manifests/nginx.yaml",
  text: `apiVersion: v1
kind: Pod
metadata: { name: nginx-proxy, namespace: kube-system }
spec:
  hostNetwork: true
  containers:
    - name: nginx-proxy
      image: docker.io/library/nginx:1.28
`,
};

export const pairs: readonly Pair[] = [
  pair("NX01", "15:31", ["proxy_connect_timeout 2s", "proxy_connect_timeout 15s"]),
  pair("NX01", "12:5", ["        proxy_connect_timeout", "        # proxy_connect_timeout"]),
  pair("NX02", "8:32", ["max_fails=1", "max_fails=4"]),
  pair("NX02", "8:32", ["max_fails=1", "max_fails=0"]),
  pair("NX02", "8:44", ["fail_timeout=5s;", "fail_timeout=1m;"]),
  pair("NX02", "5:5", ["        zone", "        # zone"]),
  {
    rule: "NX02",
    file,
    at: "5:5",
    bad: nginxWith(["        zone", "        #"], ["worker_processes 2;", "worker_processes auto;"]),
    good: nginxWith(["        zone", "        #"], ["worker_processes 2;", "worker_processes 1;"]),
  },
  pair("NX03", "4:1", ["load_module", "# load_module"]),
  {
    rule: "NX03",
    file,
    at: "1:13",
    bad: soundNginx,
    good: nginxWith(["load_module", "# load_module"]),
    others: [pod],
  },
  {
    rule: "NX03",
    file,
    at: "4:13",
    bad: nginxWith(["stream {", "load_module modules/ngx_http_echo_module.so;\nstream {"]),
    good: nginxWith(["stream {", "# load_module modules/ngx_http_echo_module.so;\nstream {"]),
  },
  {
    rule: "NX03",
    file,
    at: "2:13",
    bad: nginxWith(["worker_processes", "load_module modules/ngx_stream_module.so;\nworker_processes"]),
    good: nginxWith(["worker_processes", "# load_module modules/ngx_stream_module.so;\nworker_processes"]),
  },
  pair("NX04", "16:23", ["proxy_timeout 4h", "proxy_timeout 15s"]),
];
