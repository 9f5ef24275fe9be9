import { machineSeconds } from "../../probe/clock.ts";
import type { ProgramName } from "../lab/lab.ts";
import type { RehearsedFault } from "./fault.ts";
import { until } from "./wait.ts";

/** Every program of every node is stopped, and then all of them are started at once. */
export const allStart: RehearsedFault = {
  name: "all-start",
  minimumSeconds: 6,
  quietSeconds: 2,
  capSeconds: 30,
  inject: async (lab, context) => {
    // keepalived ends in order, since it leaves the virtual IP where it is when it is killed.
    for (const { programs } of lab.nodes) {
      programs.keepalived?.signal("SIGTERM");
      programs.balancer?.signal("SIGKILL");
      programs["api-server"]?.signal("SIGKILL");
    }
    const programs = lab.nodes.flatMap(({ programs }) => order.flatMap((name) => programs[name] ?? []));
    const stopped = (): boolean => lab.holders().length === 0 && programs.every((program) => !program.running());
    await until(
      { what: "every program is stopped and no node has the virtual IP", limitSeconds: 15, holds: stopped },
      lab,
      context,
    );
    const at = machineSeconds();
    await Promise.all(programs.map((program) => program.start()));
    return at;
  },
};

const order: readonly ProgramName[] = ["api-server", "balancer", "keepalived"];
