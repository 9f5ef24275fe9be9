import { expect, it } from "vitest";
import { stringify } from "yaml";

import { podCommand } from "../../../src/rehearse/lab/pod.ts";
import { restrictions } from "../../../src/rehearse/lab/pod-rights.ts";

const set = (words: readonly string[]): string | undefined =>
  words.find((word) => word.startsWith("--bounding-set="))?.slice("--bounding-set=".length);

it("gives a container the capabilities that its manifest adds to none", () => {
  const securityContext = {
    capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "CAP_NET_RAW"] },
    allowPrivilegeEscalation: false,
    runAsUser: 0,
  };
  const words = restrictions({ name: "a", securityContext }, { containers: [] });
  expect(set(words)).toBe("-all,+net_admin,+net_raw");
  expect(words).toContain("--no-new-privs");
  expect(words).not.toContain("--reuid");
});

it("gives a container that asks for nothing what runtimes give", () => {
  const words = restrictions({ name: "a", image: "osixia/keepalived:2.0.20" }, { containers: [] });
  expect(set(words)?.split(",")).toHaveLength(15);
  expect(set(words)).not.toContain("net_admin");
  expect(words).not.toContain("--no-new-privs");
});

it("keeps every capability of a privileged container", () => {
  const words = restrictions({ name: "a", securityContext: { privileged: true } }, { containers: [] });
  expect(set(words)).toBeUndefined();
});

it.each([
  ["haproxy:2.8", "99"],
  ["docker.io/library/haproxy:3.0.26-alpine", "99"],
  ["haproxy", "99"],
  ["haproxy:2.3.1", undefined],
  ["haproxy:1.9", undefined],
  ["example.com/not-haproxy:3.0", undefined],
])("knows the user of the image %s", (image, user) => {
  const words = restrictions({ name: "a", image }, { containers: [] });
  expect(words[words.indexOf("--reuid") + 1]).toBe(user ?? "setpriv");
});

it("takes the user that the manifest says, of the container before that of the pod", () => {
  const container = { name: "a", image: "haproxy:2.8", securityContext: { runAsUser: 7 } };
  const words = restrictions(container, { containers: [], securityContext: { runAsUser: 5, runAsGroup: 6 } });
  expect(words.slice(words.indexOf("--reuid"))).toEqual(["--reuid", "7", "--regid", "6", "--clear-groups", "--"]);
});

it("finds the configuration where the container sees it when the command is the image's", () => {
  const manifest = stringify({
    metadata: { name: "haproxy" },
    spec: {
      hostNetwork: true,
      containers: [{ name: "a", volumeMounts: [{ name: "config", mountPath: "/usr/local/etc/haproxy" }] }],
      volumes: [{ name: "config", hostPath: { path: "/etc/haproxy" } }],
    },
  });
  const { argv } = podCommand(manifest, (place) => ["haproxy", "-f", place("/etc/haproxy/haproxy.cfg") ?? "?"]);
  expect(argv.slice(-3)).toEqual(["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]);
});

it("refuses what a lab cannot give", () => {
  const manifest = (spec: object): string => stringify({ metadata: { name: "a" }, spec });
  expect(() => podCommand(manifest({ containers: [{ name: "a" }] }))).toThrow("is not in the node's network");
  const volumes = [{ name: "secret", secret: {} }];
  expect(() => podCommand(manifest({ hostNetwork: true, containers: [{ name: "a" }], volumes }))).toThrow(
    "volume secret of a static pod is neither a hostPath nor a ConfigMap",
  );
});
