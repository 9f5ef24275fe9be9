import { join } from "node:path";

import { collectFiles } from "../../src/host/collect-files.ts";
import { type MadeScene, makeScene } from "../../src/rehearse/scene/make-scene.ts";
import { root } from "../support/built.ts";

/** The scene of a directory of the checkout. */
export function sceneOf(directory: string, endpoint?: string): MadeScene {
  return makeScene({ name: directory, files: collectFiles([join(root, directory)]).files, endpoint });
}

/** The scene of files that exist only here. */
export function sceneOfTexts(texts: Readonly<Record<string, string>>, endpoint?: string): MadeScene {
  const files = Object.entries(texts).map(([file, text]) => ({ file, text }));
  return makeScene({ name: "here", files, endpoint });
}
