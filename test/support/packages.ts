import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The directory of a Go module, such as `k8s.io/api@v0.37.0`; it is downloaded if it is not there. */
export function goModule(name: string): string {
  const answer = execFileSync("go", ["mod", "download", "-json", name], {
    env: { ...process.env, GOWORK: "off", GOFLAGS: "-mod=mod" },
    encoding: "utf8",
  });
  return (JSON.parse(answer) as { readonly Dir: string }).Dir;
}

/** The directory of a package of npm, such as `yaml@2.9.1`; it is downloaded into the cache if it is not there. */
export function npmPackage(name: string): string {
  const directory = join(cache, "npm", name.replaceAll("/", "+"));
  if (existsSync(directory)) return directory;
  mkdirSync(join(cache, "npm"), { recursive: true });
  const work = mkdtempSync(join(cache, "npm", ".new-"));
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", work, name], { encoding: "utf8" });
    execFileSync("sh", ["-c", "tar -xzf *.tgz && rm *.tgz"], { cwd: work });
    renameSync(work, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return directory;
}

/** Where scripts and tests keep what they downloaded or built. */
export const cache =
  process.env["KUBEADM_HA_CACHE"] ?? join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "kubeadm-ha");
