import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { ImageContents } from "./image-contents.ts";

/** Writes an image as `docker save` does, with every name given, and returns the file. */
export function writeArchive(folder: string, names: readonly string[], { entrypoint, fill }: ImageContents): string {
  const root = path.join(folder, "root");
  mkdirSync(root, { recursive: true });
  fill(root);
  const layer = path.join(folder, "layer.tar");
  tar(layer, root, ["."]);
  const digest = createHash("sha256").update(readFileSync(layer)).digest("hex");
  const config = {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: { Entrypoint: entrypoint, Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] },
    rootfs: { type: "layers", diff_ids: [`sha256:${digest}`] },
  };
  writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  const manifest = [{ Config: "config.json", RepoTags: names, Layers: ["layer.tar"] }];
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(manifest));
  const archive = path.join(folder, "image.tar");
  tar(archive, folder, ["manifest.json", "config.json", "layer.tar"]);
  rmSync(root, { recursive: true });
  rmSync(layer);
  return archive;
}

// The same contents give the same bytes.
function tar(file: string, directory: string, names: readonly string[]): void {
  const stable = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
  execFileSync("tar", [...stable, "-C", directory, "-cf", file, ...names]);
}
