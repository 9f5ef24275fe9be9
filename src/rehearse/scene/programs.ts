import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { carryingProxies } from "../../rules/haproxy/members.ts";
import { apiServerStreams } from "../../rules/nginx/api-servers.ts";
import type { SceneProgram } from "../scene.ts";
import { contextOf } from "./api-servers.ts";
import { manifestOf } from "./manifest.ts";
import type { SceneFiles } from "./scene-input.ts";
import type { VirtualRouter } from "./virtual-router.ts";

interface ProgramInput {
  readonly files: SceneFiles;
  readonly router: VirtualRouter;
  /** Where a file stands on its machine. */
  pathOf(file: string): string;
}

/** What runs on a machine, in the order in which it starts: the balancer, then keepalived. */
export function programsOf(node: NodePicture, { files, router, pathOf }: ProgramInput): readonly SceneProgram[] {
  const program = (kind: SceneProgram["kind"], file: string | undefined): readonly SceneProgram[] =>
    file === undefined ? [] : [{ kind, config: pathOf(file), manifest: manifestOf(node, kind) }];
  const haproxy = program("haproxy", balancingHaproxy(node, files.cluster));
  const balancer = haproxy.length > 0 ? haproxy : program("nginx", balancingNginx(node));
  const member = router.members.find(({ model }) => node.keepalived.includes(model));
  return [...balancer, ...program("keepalived", member?.model.file)];
}

function balancingHaproxy(node: NodePicture, cluster: ClusterPicture): string | undefined {
  return node.haproxy.find((model) => carryingProxies(model, contextOf(node, cluster)).length > 0)?.file;
}

function balancingNginx(node: NodePicture): string | undefined {
  return node.nginx.find((model) => apiServerStreams(model).servers.length > 0)?.file;
}
