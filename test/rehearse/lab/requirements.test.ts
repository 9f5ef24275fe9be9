import { expect, it } from "vitest";

import { missingPrograms } from "../../../src/rehearse/lab/requirements.ts";
import { environment } from "../../../src/rehearse/lab/space.ts";
import type { Scene } from "../../../src/rehearse/scene.ts";

it("names what the lab, the daemons and the checks call and this machine does not have", () => {
  const path = environment["PATH"];
  environment["PATH"] = "/nowhere";
  try {
    const missing = missingPrograms(scene, "host");
    expect(missing).toEqual(expect.arrayContaining(["ip", "nft", "openssl", "keepalived", "haproxy", "killall", "nc"]));
    expect(missing).not.toContain("nginx");
    expect(missing).not.toContain("wget");
    expect(missing).not.toContain("setpriv");
    expect(missingPrograms(scene, "static-pod")).toContain("setpriv");
  } finally {
    environment["PATH"] = path;
  }
});

const scene: Scene = {
  name: "a",
  configuration: "0",
  virtualIPs: ["192.0.2.100"],
  endpoint: { address: "192.0.2.100", port: 8443 },
  apiServerPort: 6443,
  nodes: [
    {
      name: "cp1",
      interface: "eth0",
      addresses: ["192.0.2.11"],
      files: [
        {
          path: "/etc/keepalived/keepalived.conf",
          mode: 0o644,
          text: 'vrrp_script a {\n  script "killall -0 haproxy"\n}\nvrrp_script b {\n  script "/etc/check.sh"\n}\n',
        },
        { path: "/etc/check.sh", mode: 0o755, text: "#!/bin/sh\n# not wget\nnc -z 127.0.0.1 8443\n" },
      ],
      programs: [
        { kind: "haproxy", config: "/etc/haproxy/haproxy.cfg", manifest: undefined },
        { kind: "keepalived", config: "/etc/keepalived/keepalived.conf", manifest: undefined },
      ],
    },
  ],
};
