import { type Space, start, write } from "../../src/rehearse/lab/space.ts";
import { run } from "../../src/rehearse/lab/space.ts";
import { eventually } from "../../src/rehearse/lab/wait.ts";
import { collect } from "../../src/rehearse/lab/process.ts";

/** Starts containerd of Debian on a node and waits until it answers; returns what it prints. */
export async function startContainerd(space: Space, pause: string): Promise<() => string> {
  write(space, { path: configFile, text: config(pause) });
  const child = start(space, ["containerd", "--config", configFile, "--log-level", "warn"]);
  const { stdout, stderr } = collect(child);
  const log = (): string => stdout() + stderr();
  await eventually(`containerd of ${space.name} answers: ${log()}`, 60, async () => {
    if (child.exitCode !== null) throw new Error(`containerd of ${space.name} ended: ${log()}`);
    const { status } = await run(space, ["ctr", "version"]);
    return status === 0 ? true : undefined;
  });
  return log;
}

const configFile = "/etc/containerd/config.toml";

// A process may lower its oom_score_adj only with CAP_SYS_RESOURCE, which containers often lack:
// with the restriction runc does not try. Without it every sandbox fails there.
function config(pause: string): string {
  return `version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pause}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
`;
}
