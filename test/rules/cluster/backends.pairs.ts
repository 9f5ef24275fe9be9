import { haproxyWith, soundHaproxy } from "../haproxy/sound.ts";
import { nginxWith, soundNginx } from "../nginx/sound.ts";
import type { Pair } from "../pair.ts";

export const pairs: readonly Pair[] = [
  {
    rule: "CL05",
    file: "cp3/etc/haproxy/haproxy.cfg",
    at: "20:1",
    bad: haproxyWith(["192.0.2.13:6443", "192.0.2.14:6443"]),
    good: soundHaproxy,
    others: ["cp1", "cp2"].map((node) => ({ path: `${node}/etc/haproxy/haproxy.cfg`, text: soundHaproxy })),
  },
  {
    rule: "CL05",
    file: "cp2/etc/nginx/nginx.conf",
    at: "5:5",
    bad: nginxWith(["        server 192.0.2.13:6443", "        # server 192.0.2.13:6443"]),
    good: soundNginx,
    others: [{ path: "cp1/etc/nginx/nginx.conf", text: soundNginx }],
  },
];
