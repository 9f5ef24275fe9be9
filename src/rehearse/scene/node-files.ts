import type { NodePicture } from "../../model/picture.ts";
import type { SceneFile } from "../scene.ts";
import type { SceneFiles } from "./scene-input.ts";

/** Where the files of a machine stand on it; files that lie in a directory by themselves stand where programs look for them. */
export function pathsOf(node: NodePicture): ReadonlyMap<string, string> {
  const isRoot = [...node.paths.keys()].some((path) => /^\/(?:usr\/local\/)?etc\//.test(path));
  return new Map(
    [...node.paths].map(([path, { file }]) => [file, isRoot ? path : usualPath(node, { path, file })] as const),
  );
}

/** The files that daemons may look at: everything but what kubeadm and this program are told, which may hold secrets. */
export function filesOf(node: NodePicture, { inputs }: SceneFiles): readonly SceneFile[] {
  const others = new Set(node.kubeadm.map(({ file }) => file));
  const found = [...pathsOf(node)].flatMap(([file, path]): readonly SceneFile[] => {
    const input = inputs.get(file);
    if (input === undefined || others.has(file) || !daemonPath.test(path) || notForDaemons.test(path)) return [];
    return [{ path, mode: modeOf(input.mode, input.text), text: input.text }];
  });
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

// Where machines keep what daemons read; RUNBOOK.md and the like lie elsewhere.
const daemonPath = /^\/(?:etc|home|opt|root|srv|usr|var)\//;
const notForDaemons = /^\/etc\/kubeadm-ha\/(?:ha\.yaml|join-command\.sh|kubeadm\.yaml)$/;

// A tree that went through git or an archive may have lost its bits; a script that nobody may run is no script.
function modeOf(mode: number | undefined, text: string): number {
  return mode ?? (text.startsWith("#!") ? 0o755 : 0o644);
}

function usualPath(node: NodePicture, { path, file }: { readonly path: string; readonly file: string }): string {
  const name = path.split("/").at(-1) ?? "";
  if (node.keepalived.some((model) => model.file === file)) return `/etc/keepalived/${name}`;
  if (node.haproxy.some((model) => model.file === file)) return `/etc/haproxy/${name}`;
  if (node.nginx.some((model) => model.file === file)) return `/etc/nginx/${name}`;
  return scriptPath(node, name) ?? `/etc/keepalived/${name}`;
}

// keepalived.conf says where its script is.
function scriptPath(node: NodePicture, name: string): string | undefined {
  const words = node.keepalived
    .flatMap(({ scripts }) => scripts)
    .flatMap(({ command }) => command?.value.split(/[\s"']+/) ?? []);
  return words.find((word) => word.startsWith("/") && word.endsWith(`/${name}`));
}
