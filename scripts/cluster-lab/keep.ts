import { readFileSync } from "node:fs";
import path from "node:path";

import { type Cluster, startCluster } from "./cluster.ts";
import { foundCluster } from "./found.ts";
import { clusterDirectory, type Report, type Wishes } from "./keeper.ts";

/** Makes a cluster and holds it until a signal ends this process; tells its parent how it goes. */
export async function keep({ name, kubernetesVersion, delivery }: Wishes): Promise<void> {
  const directory = clusterDirectory(name);
  let cluster: Cluster | undefined;
  let up = false;
  const end = async (): Promise<void> => {
    await cluster?.stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void end()).once("SIGINT", () => void end());
  process.once("disconnect", () => (up ? undefined : void end()));
  try {
    const config = readFileSync(path.join(directory, "ha.yaml"), "utf8");
    const say = (text: string): void => report({ say: text });
    cluster = await startCluster({ name, directory, config, kubernetesVersion, say });
    await foundCluster(cluster, say, { delivery });
    up = true;
    report({ up: true });
    // The machines live as long as this process does.
    setInterval(() => {}, 2 ** 30);
  } catch (error) {
    report({ failed: error instanceof Error ? error.message : String(error) });
    await cluster?.stop();
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}

function report(what: Report): void {
  if (process.connected) process.send?.(what);
}
