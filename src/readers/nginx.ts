import type { NginxModel } from "../model/balancer.ts";
import type { Reading, ReadSource } from "./reading.ts";

export function readNginx(source: ReadSource): Reading<NginxModel> {
  throw new Error(source.file);
}
