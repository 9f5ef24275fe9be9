import { readFileSync } from "node:fs";
import { join } from "node:path";

import { it } from "vitest";

import { readHaproxy } from "../../src/readers/haproxy.ts";
import { readNginx } from "../../src/readers/nginx.ts";
import { soundHaproxy } from "../rules/haproxy/sound.ts";
import { soundNginx } from "../rules/nginx/sound.ts";
import { fuzzReader, fuzzTimeout } from "./fuzz.ts";

const rendered = readFileSync(
  join(import.meta.dirname, "../../manifests/keepalived-haproxy/v1.34/cp1/etc/kubeadm-ha/haproxy/haproxy.cfg"),
  "utf8",
);

const rich = `.if defined(X)
defaults one from two
 default-server inter 1s no-check
 no option httplog
.endif
backend a from one
 server-template s 1-3 "\${NAME}:6443" track b/c source 1.2.3.4 usesrc clientip
 bind ipv4@:80-90,/run/x.sock,[::]:1 ssl crt 'a b'
`;

it("haproxy.cfg", () => fuzzReader(readHaproxy, [rendered, soundHaproxy, rich]), fuzzTimeout);

it(
  "nginx.conf",
  () =>
    fuzzReader(readNginx, [
      soundNginx,
      "include a*; stream { include b; map $a $b { c d; } server { listen [::]:1; } }",
    ]),
  fuzzTimeout,
);
