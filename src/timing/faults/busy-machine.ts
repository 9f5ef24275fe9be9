import { nothing } from "../cause.ts";
import { untouched } from "../client.ts";
import type { Fault } from "../fault.ts";
import { settingText } from "../setting.ts";
import { span } from "../span.ts";
import { silence } from "../takeover.ts";

export const busyMachine: Fault = {
  name: "busy-machine",
  title: "busy machine",
  summary: "Three busy loops for every core run beside everything else for ten minutes. There is nothing to repair.",
  figure: "blackout",
  predict: ({ agent }) => {
    const taken = silence(agent);
    const isTight = taken.best < 0.5;
    return {
      newConnections: span(0.03, 0.15, isTight ? 0.5 + taken.worst : 0.5),
      established: isTight ? span(0, 0, 1) : untouched,
      ...nothing(agent.kind === "vrrp" ? settingText(agent.advert) : settingText(agent.renew)),
      notes: isTight
        ? [
            `A stall of ${taken.best.toFixed(2)} s is taken for a dead holder: real-time priority for keepalived, or a longer advert_int.`,
          ]
        : [],
    };
  },
};
