import { nothing } from "../cause.ts";
import { unharmed, untouched } from "../client.ts";
import type { Fault } from "../fault.ts";
import { settingText } from "../setting.ts";

/** Seconds for which nothing is sent. */
const idleSeconds = 1800;

export const idleStream: Fault = {
  name: "idle-stream",
  title: "a stream idle for 30 min",
  summary: "Nothing is sent on a stream for half an hour, as on a quiet watch. There is nothing to repair.",
  figure: "last-failure",
  predict: ({ balancer }) => {
    const idle = balancer?.idle;
    const isCut = idle !== undefined && idle.value < idleSeconds;
    return {
      newConnections: unharmed,
      established: untouched,
      ...(isCut
        ? {
            dominatedBy: settingText(idle),
            shorten: `${balancer?.program === "nginx" ? "proxy_timeout" : "timeout tunnel"} 4h`,
          }
        : nothing(idle === undefined ? "nothing: no balancer ends an idle stream" : settingText(idle))),
      notes: isCut
        ? [
            `An idle stream is cut after ${idle.value} s and has to be opened again; Go clients ping every 30 s and are cut only below that.`,
          ]
        : [],
    };
  },
};
