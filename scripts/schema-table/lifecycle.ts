import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { apiVersionOf, type GroupVersionKind } from "./openapi.ts";

/** When a version of a kind is deprecated and gone, in minors of Kubernetes. */
export interface Lifecycle {
  readonly apiVersion: string;
  readonly kind: string;
  readonly deprecated: number;
  readonly removed: number;
  readonly replacement: GroupVersionKind | undefined;
}

// Types that are gone from the module altogether.
// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
const gone: readonly Lifecycle[] = [
  old("policy/v1beta1", "PodSecurityPolicy", [21, 25]),
  old("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", [16, 22], "apiextensions.k8s.io"),
  old("apiregistration.k8s.io/v1beta1", "APIService", [19, 22], "apiregistration.k8s.io"),
  old("extensions/v1beta1", "PodSecurityPolicy", [11, 16]),
];

function old(apiVersion: string, kind: string, minors: readonly [number, number], newGroup?: string): Lifecycle {
  const replacement = newGroup === undefined ? undefined : { group: newGroup, version: "v1", kind };
  return { apiVersion, kind, deprecated: minors[0], removed: minors[1], replacement };
}

/** What the methods APILifecycle… of the Go module k8s.io/api say, in the order of the names. */
export function readLifecycles(module: string): readonly Lifecycle[] {
  const files = readdirSync(module, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("zz_generated.prerelease-lifecycle.go"),
  );
  return [...files.flatMap((path) => readFile(module, path)), ...gone].toSorted((a, b) =>
    `${a.apiVersion} ${a.kind}` < `${b.apiVersion} ${b.kind}` ? -1 : 1,
  );
}

function readFile(module: string, path: string): readonly Lifecycle[] {
  const text = readFileSync(join(module, path), "utf8");
  const [directory = "", version = ""] = path.split("/");
  const register = readFileSync(join(module, directory, version, "register.go"), "utf8");
  const group = /GroupName = "(.*)"/.exec(register)?.[1] ?? directory;
  const method = (kind: string, name: string): string =>
    new RegExp(`\\(in \\*${kind}\\) APILifecycle${name}\\(\\)[^{]*\\{\\n\\treturn (.*)`).exec(text)?.[1] ?? "";
  const kinds = [...text.matchAll(/\(in \*(\w+)\) APILifecycleRemoved\(\)/g)].map(([, kind = ""]) => kind);
  return kinds.flatMap((kind) => {
    const minor = (name: string): number => Number(method(kind, name).split(", ")[1] ?? "0");
    const [, newGroup = "", newVersion, newKind = ""] =
      /Group: "(.*)", Version: "(.*)", Kind: "(.*)"/.exec(method(kind, "Replacement")) ?? [];
    const replacement = newVersion === undefined ? undefined : { group: newGroup, version: newVersion, kind: newKind };
    const times = { deprecated: minor("Deprecated"), removed: minor("Removed") };
    return [{ apiVersion: apiVersionOf({ group, version }), kind, ...times, replacement }];
  });
}
