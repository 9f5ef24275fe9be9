import type { CheckScript } from "../model/script.ts";
import type { Reading, ReadSource } from "./reading.ts";

export function readScript(source: ReadSource): Reading<CheckScript> {
  throw new Error(source.file);
}
