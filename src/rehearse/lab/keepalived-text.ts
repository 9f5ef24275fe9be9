import type { SceneNode } from "../scene.ts";

/** The priority of a node's first VRRP instance; undefined without keepalived. */
export function priorityOf(node: SceneNode): number | undefined {
  const text = keepalivedText(node);
  if (text === undefined) return undefined;
  // keepalived's own value where none is given.
  return Number(/^\s*priority\s+(\d+)/m.exec(text)?.[1] ?? 100);
}

/** The virtual router's number of a node's first VRRP instance. */
export function routerIdOf(node: SceneNode): number | undefined {
  const match = /^\s*virtual_router_id\s+(\d+)/m.exec(keepalivedText(node) ?? "");
  return match === null ? undefined : Number(match[1]);
}

function keepalivedText({ programs, files }: SceneNode): string | undefined {
  const config = programs.find(({ kind }) => kind === "keepalived")?.config;
  return files.find(({ path }) => path === config)?.text;
}
