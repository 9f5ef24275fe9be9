import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { readPatches } from "../../src/config/patches.ts";
import { applyPatch } from "../../src/render/patch/apply-patch.ts";
import type { JsonMap } from "../../src/render/patch/json.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { oracle } from "./support/programs.ts";

// kubeadm patches its API server's manifest; our patches of the same manifest must come to the same.
const kubeadm = oracle("kubeadm-v1.37.0");

const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "lists with keys: merged, new items first, one deleted": {
    "kube-apiserver.yaml": `spec:
  containers:
  - name: kube-apiserver
    env: [{name: B, value: "2"}, {name: A, value: "1"}]
    volumeMounts:
    - {mountPath: /new, name: new}
    - {mountPath: /etc/kubernetes/pki, subPath: sub}
    - {$patch: delete, mountPath: /etc/ssl/certs}
  volumes:
  - {name: new, emptyDir: {}}
`,
  },
  "the order of items that are there": {
    "kube-apiserver.yaml": `spec:
  volumes:
  - {name: k8s-certs, hostPath: {type: Directory}}
  - {name: new, emptyDir: {}}
  - {name: ca-certs, $retainKeys: [name, emptyDir], emptyDir: {medium: Memory}}
`,
  },
  "lists without keys, null, and a list that is replaced": {
    "kube-apiserver+strategic.yaml": `metadata:
  annotations: null
  labels: {tier: null, more: "yes"}
spec:
  securityContext: {$patch: replace, runAsUser: 7}
  volumes: [{$patch: replace}, {name: one, emptyDir: {}}]
  containers:
  - name: kube-apiserver
    command: [sleep]
    livenessProbe: null
    resources: {requests: {memory: 1Gi}, limits: null}
`,
  },
  "merge by RFC 7386": {
    "kube-apiserver+merge.yaml": `spec:
  containers: [{name: only, resources: {}}]
  priority: null
`,
  },
  "json by RFC 6902": {
    "kube-apiserver+json.json": `[{"op": "add", "path": "/spec/containers/0/command/1", "value": "--v=4"},
{"op": "test", "path": "/spec/hostNetwork", "value": true},
{"op": "move", "from": "/spec/containers/0/livenessProbe", "path": "/spec/containers/0/startupProbe"},
{"op": "remove", "path": "/spec/volumes/0"}]`,
  },
  "several files in the order of their names, several documents, and none of our targets": {
    "kube-apiserver1+merge.yaml": "metadata: {annotations: {a: one}}\n---\nmetadata: {annotations: {b: one}}\n",
    "kube-apiserver0+merge.yaml": "metadata: {annotations: {a: zero, c: zero}}\n",
    "kube-vip.yaml": "metadata: {annotations: {never: here}}\n",
    "README.md": "# nothing\n",
    "kube-apiserver-empty.yaml": "",
  },
};

test.each(Object.entries(cases))("%s", (_, files) => {
  const original = manifest({});
  const { patches, findings } = readPatches(Object.entries(files).map(([name, text]) => ({ name, text })));
  expect(findings).toEqual([]);
  const ours = patches
    .filter(({ target }) => target === "kube-apiserver")
    .flatMap(({ type, patches }) => patches.map((patch) => [type, patch] as const))
    .reduce((pod, [type, patch]) => applyPatch(pod, type, patch), original);
  const theirs = manifest(files);
  expect(theirs).not.toEqual(original);
  expect(ours).toEqual(theirs);
});

test.each([
  ["an item without its key", "kube-apiserver.yaml", "spec: {containers: [{image: x}]}\n"],
  ["a test that fails", "kube-apiserver+json.yaml", '- {op: test, path: /kind, value: "Node"}\n'],
  ["a path that is not there", "kube-apiserver+json.yaml", "- {op: remove, path: /spec/nothing}\n"],
  ["an unknown directive", "kube-apiserver.yaml", "spec: {$patch: destroy}\n"],
  ["an unknown type", "kube-apiserver+stragetic.yaml", "spec: {}\n"],
])("both refuse %s", (_, name, text) => {
  const { patches, findings } = readPatches([{ name, text }]);
  const ours = (): unknown =>
    patches.flatMap(({ type, patches }) => patches.map((patch) => applyPatch(manifest({}), type, patch)));
  if (findings.length === 0) expect(ours).toThrow();
  expect(() => manifest({ [name]: text })).toThrow();
});

function manifest(files: Readonly<Record<string, string>>): JsonMap {
  const root = temporaryDirectory();
  for (const directory of ["etc/kubernetes", "patches", "bin"]) mkdirSync(join(root, directory), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "patches", name), text);
  const flags = ["--kubernetes-version", "v1.37.0", "--apiserver-advertise-address", "10.0.0.1"];
  const { status, stderr, stdout } = spawnSync(
    kubeadm,
    ["init", "phase", "control-plane", "apiserver", "--rootfs", root, "--patches", "/patches", ...flags],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return parse(readFileSync(join(root, "etc/kubernetes/manifests/kube-apiserver.yaml"), "utf8")) as JsonMap;
}
