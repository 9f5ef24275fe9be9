import type { HaproxyModel } from "../model/balancer.ts";
import type { Reading, ReadSource } from "./reading.ts";

export function readHaproxy(source: ReadSource): Reading<HaproxyModel> {
  throw new Error(source.file);
}
