import { describe, expect, test } from "vitest";

import { resolveConfiguration } from "../../src/config/resolve.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import { ExitCode, UserError } from "../../src/errors.ts";
import { readState } from "../../src/plan/read-state.ts";
import { type NodeState, stateHead, stateText, vrrpNumbers } from "../../src/plan/state.ts";
import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";

const hash = (digit: string): string => digit.repeat(64);

const full: NodeState = {
  product: "0.1.0",
  kubernetesVersion: "v1.36.3",
  node: "cp1",
  role: "init",
  virtualIP: { provider: "keepalived", addresses: ["192.168.10.100", "fd00::100"], interface: "eth0" },
  loadBalancer: { provider: "haproxy" },
  virtualRouterID: 51,
  rank: 0,
  finalized: false,
  directories: ["/etc/kubeadm-ha", "/etc/kubeadm-ha/haproxy"],
  adopted: ["/etc/kubernetes/manifests/haproxy.yaml"],
  files: [
    { path: "/etc/kubeadm-ha/kubeadm.yaml", mode: "0600", sha256: hash("a") },
    { path: "/etc/kubeadm-ha/haproxy/haproxy.cfg", mode: "0644", sha256: hash("b"), replaces: hash("c") },
  ],
};

const bare: NodeState = {
  ...full,
  role: "join",
  virtualIP: { provider: "kube-vip", addresses: [], interface: null },
  loadBalancer: { provider: "none" },
  virtualRouterID: null,
  rank: null,
  finalized: true,
  directories: [],
  adopted: [],
  files: [],
};

const canonical = `{
  "apiVersion": "kubeadm-ha.io/v1alpha1",
  "kind": "NodeState",
  "version": 1,
  "product": "0.1.0",
  "kubernetesVersion": "v1.36.3",
  "node": "cp1",
  "role": "init",
  "virtualIP": {"provider": "keepalived", "addresses": ["192.168.10.100", "fd00::100"], "interface": "eth0"},
  "loadBalancer": {"provider": "haproxy"},
  "virtualRouterID": 51,
  "rank": 0,
  "finalized": false,
  "directories": [
    "/etc/kubeadm-ha",
    "/etc/kubeadm-ha/haproxy"
  ],
  "adopted": [
    "/etc/kubernetes/manifests/haproxy.yaml"
  ],
  "files": [
    {"path": "/etc/kubeadm-ha/kubeadm.yaml", "mode": "0600", "sha256": "${hash("a")}"},
    {"path": "/etc/kubeadm-ha/haproxy/haproxy.cfg", "mode": "0644", "sha256": "${hash("b")}", "replaces": "${hash("c")}"}
  ]
}
`;

function refusal(text: string): UserError {
  try {
    readState(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`read: ${text}`);
}

describe("the text of a state", () => {
  test("is one entry a line, as the node script reads and writes it", () => {
    expect(stateText(full)).toBe(canonical);
  });

  test.each([
    ["with everything", full],
    ["with nothing", bare],
    ["with one of each", { ...full, directories: ["/run/kubeadm-ha"], files: full.files.slice(1) }],
    ["with names that need quoting", { ...full, node: 'a"\\\u2028', product: "1\n2" }],
  ])("%s is JSON, and read as it was written", (_, state) => {
    const text = stateText(state);
    expect(JSON.parse(text)).toMatchObject({ kind: "NodeState", version: 1 });
    const read = readState(text);
    expect(read).toMatchObject(state);
    expect(stateText(read)).toBe(text);
  });

  test("is read in whatever form other programs write JSON, and becomes canonical again", () => {
    expect(stateText(readState(JSON.stringify(JSON.parse(canonical), null, 8)))).toBe(canonical);
  });
});

describe("a state is refused, and the surroundings are at fault", () => {
  const other =
    "/etc/kubeadm-ha/state.json is of another version than 1: use the kubeadm-ha that wrote it, or a newer one";
  const damaged = (place: string): string =>
    `/etc/kubeadm-ha/state.json is damaged (${place}): put it back from a backup, or move it away and give --adopt`;
  const withText = (piece: string, by: string): string => changed(piece, by, canonical);

  test.each([
    ["a newer version", withText('"version": 1', '"version": 2'), other],
    [
      "a newer version with other words in it",
      withText('"version": 1', '"version": 2').replace('"rank": 0', '"rank": "first"'),
      other,
    ],
    ["a version in quotes", withText('"version": 1', '"version": "1"'), other],
    ["no version", withText('  "version": 1,\n', ""), other],
    ["an empty file", "", damaged("the file")],
    ["half a file", canonical.slice(0, 300), damaged("the file")],
    ["zeros, as after a power cut", "\0".repeat(canonical.length), damaged("the file")],
    ["a list", "[]", damaged("apiVersion")],
    ["null", "null", damaged("the file")],
    ["another kind", withText("NodeState", "Plan"), damaged("kind")],
    ["another role", withText('"init"', '"worker"'), damaged("role")],
    ["no files", canonical.replace(/,\n {2}"files": [^]*\]\n/, "\n"), damaged("files")],
    ["a rank in words", withText('"rank": 0', '"rank": "0"'), damaged("rank")],
    ["finalized in words", withText("false", '"false"'), damaged("finalized")],
    ["a short hash", withText(hash("a"), "a".repeat(63)), damaged("files.0.sha256")],
    ["a hash of capitals", withText(hash("a"), "A".repeat(64)), damaged("files.0.sha256")],
    ["an empty former hash", withText(hash("c"), ""), damaged("files.1.replaces")],
    ["a mode of three digits", withText('"0600"', '"600"'), damaged("files.0.mode")],
    ["a mode with the set-user-ID bit", withText('"0600"', '"4755"'), damaged("files.0.mode")],
  ])("%s", (_, text, message) => {
    const error = refusal(text);
    expect({ message: error.message, exitCode: error.exitCode }).toEqual({
      message,
      exitCode: ExitCode.environment,
    });
  });

  const elsewhere = [
    "",
    "/",
    "etc/kubeadm-ha/x",
    "/usr/bin/kubeadm",
    "/etcetera/x",
    "/etc/kubeadm-ha/../passwd",
    "/etc/..",
    "/etc/./passwd",
    "/etc//passwd",
    "/etc/kubeadm-ha/",
    "/run/../root/x",
    "/etc/kubeadm-ha/a b",
    "/etc/kubeadm-ha/a\nb",
    "/etc/kubeadm-ha/a:b",
    "/etc/kubeadm-ha/$(x)",
    "/etc/kubeadm-ha/*",
  ];

  test.each(elsewhere)("a path that leads elsewhere or is none: %j", (path) => {
    const [first, second] = full.files;
    if (first === undefined || second === undefined) throw new Error("no files");
    expect(refusal(stateText({ ...full, files: [first, { ...second, path }] })).message).toBe(damaged("files.1.path"));
    expect(refusal(stateText({ ...full, directories: [path] })).message).toBe(damaged("directories.0"));
    expect(refusal(stateText({ ...full, adopted: [path] })).message).toBe(damaged("adopted.0"));
  });

  test("but a file below a directory with dots in its name is ours", () => {
    const path = "/etc/kubeadm-ha/tmpfiles.d/..a/.b@c-d.conf";
    expect(readState(stateText({ ...full, adopted: [path] })).adopted).toEqual([path]);
  });
});

describe("what a state says of its node", () => {
  function resolved(text: string): ClusterSpec {
    const { spec } = resolveConfiguration({ file: { name: "ha.yaml", text } });
    if (spec === undefined) throw new Error(text);
    return spec;
  }
  const worker = "- {name: w1, addresses: [192.168.10.21], role: worker}\n";

  test("is the stack, the node and who it is among the others", () => {
    const spec = resolved(ordinary);
    const [, second] = spec.nodes;
    if (second === undefined) throw new Error("no node");
    const identity = { product: "0.1.0", role: "join", finalized: false, interface: undefined } as const;
    expect(stateHead(spec, second, { ...identity, virtualRouterID: 7, rank: 1 })).toEqual({
      product: "0.1.0",
      kubernetesVersion: "v1.36.3",
      node: "cp2",
      role: "join",
      virtualIP: { provider: "keepalived", addresses: ["192.168.10.100"], interface: null },
      loadBalancer: { provider: "haproxy" },
      virtualRouterID: 7,
      rank: 1,
      finalized: false,
    });
  });

  const chosen = `${changed("{name: cp2,", "{name: cp2, rank: 2,").replace("{name: cp3,", "{name: cp3, rank: 1,")}keepalived: {virtualRouterID: 77}\n`;
  const before: NodeState = { ...full, virtualRouterID: 9, rank: 5 };
  const unknown: NodeState = { ...full, virtualRouterID: null, rank: null };

  test.each<readonly [string, string, string, NodeState | undefined, ReturnType<typeof vrrpNumbers>]>([
    ["a new node: the defaults", ordinary, "cp2", undefined, { virtualRouterID: 194, rank: 1 }],
    ["a node with numbers: those", ordinary, "cp2", before, { virtualRouterID: 9, rank: 5 }],
    ["a node without numbers: the defaults", ordinary, "cp2", unknown, { virtualRouterID: 194, rank: 1 }],
    ["numbers of the user's: those", chosen, "cp2", before, { virtualRouterID: 77, rank: 2 }],
    ["a worker: none", `${ordinary}${worker}`, "w1", before, { virtualRouterID: null, rank: null }],
    ["kube-vip: none", kubeVipOnly, "cp2", before, { virtualRouterID: null, rank: null }],
  ])("%s", (_, text, name, state, numbers) => {
    const spec = resolved(text);
    const node = spec.nodes.find((candidate) => candidate.name === name);
    if (node === undefined) throw new Error(name);
    expect(vrrpNumbers(spec, node, state)).toEqual(numbers);
  });

  test("a node that stays keeps its rank when another one before it leaves", () => {
    const spec = resolved(changed("- {name: cp1, addresses: [192.168.10.11]}\n", ""));
    const [first] = spec.nodes;
    if (first === undefined) throw new Error("no node");
    expect(vrrpNumbers(spec, first, { ...full, virtualRouterID: 194, rank: 1 }).rank).toBe(1);
  });
});
