import { execFileSync } from "node:child_process";
import path from "node:path";

import { oracles } from "./programs.ts";

/** The images of a release of Kubernetes, as its kubeadm lists them. */
export function releasedImages(version: string): readonly string[] {
  const kubeadm = path.join(oracles, `kubeadm-${version}`);
  const printed = execFileSync(kubeadm, ["config", "images", "list", "--kubernetes-version", version], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return printed.trimEnd().split("\n");
}
