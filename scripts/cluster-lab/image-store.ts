import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";

import { shellWord } from "../../src/render/text.ts";
import { findProgram } from "../../src/rehearse/lab/daemons.ts";
import { createSpace, mustRun } from "../../src/rehearse/lab/space.ts";
import { makeCgroups, removeCgroups } from "./cgroups.ts";
import { startContainerd } from "./containerd.ts";
import { imageContents } from "./image-contents.ts";
import { writeArchive } from "./image-archive.ts";
import { cache, oracles } from "./programs.ts";

export interface StoreOptions {
  /** Every name that a manifest may use. */
  readonly images: readonly string[];
  readonly programs: Readonly<Record<string, string>>;
  /** All files of scripts/oracles that images are made of. */
  readonly files: readonly string[];
  say(line: string): void;
}

/**
 * A containerd root that has all images, as pulling them from a private registry would leave it; made
 * once and kept in the cache. Nodes read it and copy its data bases.
 */
export async function imageStore(wanted: StoreOptions): Promise<string> {
  const options = { ...wanted, images: [...new Set(wanted.images)].toSorted() };
  const store = path.join(cache, "cluster-images", fingerprint(options));
  if (existsSync(store)) {
    const now = new Date();
    utimesSync(store, now, now);
    return store;
  }
  mkdirSync(path.dirname(store), { recursive: true });
  const work = mkdtempSync(`${store}.`);
  try {
    options.say(`making ${options.images.length} images in ${store}, half a minute the first time`);
    await fillStore(path.join(work, "store"), work, options);
    // Another run may have been faster.
    if (!existsSync(store)) renameSync(path.join(work, "store"), store);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  removeOld(store);
  return store;
}

async function fillStore(store: string, work: string, { images, programs }: StoreOptions): Promise<void> {
  const name = `images-${path.basename(work).replaceAll(".", "-")}`;
  mkdirSync(store);
  const space = await createSpace(
    name,
    `mkdir -p /var/lib/containerd\nmount --bind ${shellWord(store)} /var/lib/containerd\nmount --make-rshared /`,
    makeCgroups(name, "node"),
  );
  try {
    await startContainerd(space, "unused/pause:1");
    for (const image of images) {
      const contents = imageContents(image, programs);
      if (contents === undefined) continue;
      const folder = mkdtempSync(path.join(work, "image-"));
      const archive = writeArchive(folder, [image], contents);
      await mustRun(space, ["ctr", "--namespace", "k8s.io", "images", "import", archive], { limitSeconds: 300 });
      rmSync(folder, { recursive: true });
    }
  } finally {
    await space.stop();
    await removeCgroups(name);
  }
}

// Names, and the programs as they are built and installed.
function fingerprint({ images, files }: StoreOptions): string {
  const daemons = ["keepalived", "haproxy", "nginx"].flatMap((name) => findProgram(name) ?? []);
  const stamps = [...files.map((file) => path.join(oracles, file)), ...daemons].map(
    (file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`,
  );
  return createHash("sha256")
    .update(JSON.stringify([formatVersion, images, stamps]))
    .digest("hex")
    .slice(0, 16);
}

// Counts up when the contents change though no input does.
const formatVersion = 2;

// Each is 1 GB; those used last serve the versions in use. What another cluster may be using stays.
function removeOld(current: string): void {
  const folder = path.dirname(current);
  const used = (name: string): number => statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const stores = readdirSync(folder).filter((name) => !name.includes("."));
  const unused = stores.toSorted((a, b) => used(b) - used(a)).slice(4);
  for (const name of unused)
    if (Date.now() - used(name) > 24 * 3_600_000) rmSync(path.join(folder, name), { recursive: true, force: true });
}
