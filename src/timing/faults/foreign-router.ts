import { nothing } from "../cause.ts";
import { unharmed, untouched } from "../client.ts";
import type { Fault, Prediction } from "../fault.ts";
import { settingText } from "../setting.ts";
import { span } from "../span.ts";
import { silence } from "../takeover.ts";
import type { VrrpTiming } from "../vrrp-timing.ts";

/** Seconds between the adverts of the stranger, which speaks version 2. */
const strangerSeconds = 1;

export const foreignRouter: Fault = {
  name: "foreign-router",
  title: "stranger with the same router ID",
  summary:
    "Another machine on the segment runs keepalived with the same virtual router ID, by multicast, for an address of its own. The repair stops it.",
  figure: "last-failure",
  predict: ({ agent }) => {
    if (agent.kind === "lease") return harmless("nothing: kube-vip elects through the API, not on the segment");
    if (!agent.multicast) return harmless("unicast: adverts of strangers do not arrive");
    if (agent.version === 3) return harmless("version 3, which does not read adverts of version 2");
    return agent.advert.value === strangerSeconds ? similar(agent) : mistaken(agent);
  },
};

function harmless(why: string): Prediction {
  return { newConnections: unharmed, established: untouched, ...nothing(why), notes: [] };
}

function similar(agent: VrrpTiming): Prediction {
  return {
    ...harmless(`${settingText(agent.id)}: the stranger's adverts are refused, as they name another address`),
    notes: [
      "By multicast any machine on the segment takes part: unicast_peer with check_unicast_src keeps strangers out.",
    ],
  };
}

// Backups then time out although the holder speaks; seen in two of two runs.
function mistaken(agent: VrrpTiming): Prediction {
  const taken = silence(agent);
  return {
    newConnections: span(0, 16, 25),
    established: span(0, 5, taken.worst + 5),
    dominatedBy: `${settingText(agent.id)} by multicast, with ${settingText(agent.advert)} where the stranger has ${strangerSeconds} s`,
    shorten: "unicast_peer with check_unicast_src, or a router ID of its own",
    notes: ["Not protected: a stranger with other timing makes backups take over although the holder lives."],
  };
}
