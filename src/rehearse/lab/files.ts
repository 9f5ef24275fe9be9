import { shellWord } from "../../render/text.ts";
import type { SceneFile } from "../scene.ts";
import { mustRun, type Space } from "./space.ts";

/** Writes files of a machine and the directories above them, from inside: its links lead nowhere else. */
export async function writeFiles(space: Space, files: readonly SceneFile[]): Promise<void> {
  const lines = files.flatMap(({ path, mode, text }) => [
    `mkdir -p "$(dirname ${shellWord(path)})"`,
    `rm -f ${shellWord(path)}`,
    `base64 -d >${shellWord(path)} <<END`,
    Buffer.from(text).toString("base64"),
    "END",
    `chmod ${mode.toString(8)} ${shellWord(path)}`,
  ]);
  await mustRun(space, ["sh", "-eu"], { input: `${lines.join("\n")}\n` });
}
