import { beforeAll, describe, expect, it } from "vitest";

import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import { type Lab, startLab } from "../../src/rehearse/lab/lab.ts";
import type { Form } from "../../src/rehearse/measurement.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { eventually } from "./lab/wait.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

const keepalived = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 7
    priority %PRIORITY%
    virtual_ipaddress {
        192.0.2.100
    }
}
`;

const haproxy = `defaults
    mode tcp
    timeout connect 1s
    timeout client 1m
    timeout server 1m
listen kube-apiserver
    bind 192.0.2.100:8443
    server cp1 192.0.2.11:6443 check
    server cp2 192.0.2.12:6443 check
`;

const nonlocal = "net.ipv4.ip_nonlocal_bind = 1\n";

type Texts = Readonly<Record<string, string>>;

/** Both machines have these files below /etc; %PRIORITY% differs. */
function lab(texts: Texts, form: Form): Promise<Lab> {
  const files = [110, 100].flatMap((priority, index) =>
    Object.entries(texts).map(([path, text]) => ({
      file: `cp${index + 1}/etc/${path}`,
      text: text.replaceAll("%PRIORITY%", String(priority)),
    })),
  );
  const { scene } = makeScene({ name: "here", files });
  return startLab(scene, { form, helpers: helpersDirectory(), shutdownDelay: 1 });
}

async function starts(starting: Promise<Lab>): Promise<void> {
  const { nodes, holders, stop, log } = await starting;
  try {
    await eventually("one holder", 20, () => holders().length === 1 || undefined);
    expect(
      nodes.flatMap(({ programs }) => Object.values(programs)).map((program) => program.running()),
      log(),
    ).not.toContain(false);
  } finally {
    await stop();
  }
}

function podOf(name: string, spec: object): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { hostNetwork: true, ...spec } };
}

describe("haproxy that listens on the virtual IP", () => {
  const texts = {
    "haproxy/haproxy.cfg": haproxy,
    "keepalived/keepalived.conf": keepalived,
  };

  it("starts where a sysctl.d file allows that", () =>
    starts(lab({ ...texts, "sysctl.d/50-haproxy.conf": nonlocal }, "host")));

  it("cannot start elsewhere, and its own words are told", () =>
    expect(lab(texts, "host")).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/haproxy on cp\d cannot start .*192\.0\.2\.100:8443/s),
    }));
});

it("a container that ends by itself is started again", async () => {
  const command = "timeout 3 haproxy -W -db -f /etc/haproxy/haproxy.cfg";
  const pod = podOf("haproxy", {
    containers: [
      {
        name: "haproxy",
        image: "haproxy:3.0",
        command: ["sh", "-c", command],
        securityContext: { runAsUser: 0 },
        volumeMounts: [{ name: "texts", mountPath: "/etc/haproxy" }],
      },
    ],
    volumes: [{ name: "texts", hostPath: { path: "/etc/haproxy" } }],
  });
  const { log, stop } = await lab(
    {
      "haproxy/haproxy.cfg": haproxy,
      "keepalived/keepalived.conf": keepalived,
      "kubernetes/manifests/haproxy.yaml": JSON.stringify(pod),
      "sysctl.conf": nonlocal,
    },
    "static-pod",
  );
  try {
    // Of each of the two nodes.
    await eventually("a second start", 30, () => log().split("New worker").length - 1 > 2 || undefined);
  } finally {
    await stop();
  }
});

it("static pods with several containers and the texts of ConfigMaps start", async () => {
  const data = { "haproxy.cfg": haproxy, "keepalived.conf": keepalived };
  const pod = podOf("ha", {
    containers: [
      { name: "monitor", image: "example.com/monitor:1" },
      {
        name: "haproxy",
        image: "haproxy:3.0",
        securityContext: { runAsUser: 0 },
        volumeMounts: [{ name: "texts", mountPath: "/usr/local/etc/haproxy" }],
      },
      {
        name: "keepalived",
        image: "osixia/keepalived:2.0.20",
        command: ["keepalived", "--dont-fork", "--log-console", "--vrrp", "-f", "/etc/keepalived/keepalived.conf"],
        securityContext: { capabilities: { add: ["NET_ADMIN", "NET_BROADCAST", "NET_RAW"] } },
        volumeMounts: [
          { name: "file", mountPath: "/etc/keepalived/keepalived.conf", subPath: "keepalived.conf" },
          { name: "run", mountPath: "/run" },
        ],
      },
    ],
    volumes: [
      { name: "texts", configMap: { name: "texts" } },
      { name: "file", configMap: { name: "texts" } },
      { name: "run", emptyDir: {} },
    ],
  });
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "texts" }, data };
  const manifest = [pod, map].map((object) => `---\n${JSON.stringify(object)}\n`).join("");
  await starts(lab({ "kubernetes/manifests/ha.yaml": manifest, "sysctl.conf": nonlocal }, "static-pod"));
});
