import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { resolveConfiguration } from "../../src/config/resolve.ts";
import { starter } from "../../src/config/starter.ts";
import { configView } from "../../src/config/view.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";

describe.each(["kube-vip", "kube-vip-haproxy", "keepalived-haproxy", "keepalived-nginx", "keepalived", "external"])(
  "the starter file of %s",
  (stack) => {
    const resolution = resolveConfiguration({ file: { name: "ha.yaml", text: starter(stack) }, rules: kubeadmRules });

    it("is valid as it is", () => {
      expect(resolution.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    });

    it("means the stack it is named after", () => {
      const virtualIP = stack.startsWith("kube-vip") ? "kube-vip" : "keepalived";
      expect(resolution.spec?.virtualIP.provider).toBe(stack === "external" ? "none" : virtualIP);
      expect(starter(stack).includes("provider: haproxy")).toBe(stack.endsWith("haproxy"));
    });

    it("is shown by view with a value and a source for every key, and the view resolves to the same cluster", () => {
      const { configuration, spec, origin } = resolution;
      if (spec === undefined) throw new Error("no spec");
      const view = configView(configuration, spec, origin);
      const again = resolveConfiguration({ file: { name: "view.yaml", text: view } }).spec;
      // The view writes out what the starter leaves open: the answer becomes a choice, and stays the same.
      const written = { ...spec, nodes: [], keepalived: { ...spec.keepalived, virtualRouterIDChosen: true } };
      expect({ ...again, nodes: [] }).toEqual(written);
      expect(again?.nodes.every(({ rankChosen }) => rankChosen)).toBe(true);
      expect(again?.nodes.map(({ name, addresses, role, rank }) => ({ name, addresses, role, rank }))).toEqual(
        spec.nodes.map(({ name, addresses, role, rank }) => ({ name, addresses, role, rank })),
      );
      expect(view).toContain("# from ha.yaml:4\nkubernetesVersion: v1.36.3\n");
      expect(view).toContain(
        "  # default: 8405, which nothing of Kubernetes uses; it is bound to 127.0.0.1 only\n  healthPort: 8405\n",
      );
      const lines = view.split("\n");
      const leaves = Object.keys(parse(view) as object);
      expect(leaves.length).toBeGreaterThan(10);
      expect(lines.filter((line) => /^\s*# (from|default: )/.test(line)).length).toBeGreaterThan(30);
    });
  },
);

it("an unknown stack is told with what was meant", () => {
  expect(() => starter("keepalived-haproxi")).toThrow("did you mean keepalived-haproxy?");
});
