import { ExitCode } from "../errors.ts";
import { predictionFormats } from "../report/predictions/index.ts";
import { faultNames } from "../timing/fault-names.ts";
import { predictFaults } from "../timing/predict.ts";
import { timedCluster } from "../timing/timed-cluster.ts";
import { clusterFiles } from "./cluster-files.ts";
import type { Invocation } from "./command.ts";
import { rehearsalRequest } from "./rehearsal-request.ts";

/** Predicts what is asked for; without --faults all there is, since it costs nothing. */
export async function runPredict({ arguments: [path], options, io }: Invocation): Promise<ExitCode> {
  const { faults, format } = rehearsalRequest({ ...options, faults: options.faults ?? faultNames.join(",") });
  const found = clusterFiles(path, options, io);
  const { predictions, notes } = predictFaults(timedCluster(found), faults);
  io.out(predictionFormats[format]({ name: found.name, predictions, notes }));
  return ExitCode.ok;
}
