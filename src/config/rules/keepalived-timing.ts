import type { Problem, Rule } from "../rule.ts";

/** VRRPv3 carries the interval as 12 bits of centiseconds. */
export const keepalivedTiming: Rule = {
  id: "keepalived-timing",
  summary:
    "keepalived.advertisementInterval is a multiple of 10 ms up to 40.95 s, and checkTimeout is 2 s or more in whole seconds.",
  reason:
    "VRRPv3 sends centiseconds in 12 bits (RFC 9568), below 50 ms false moves were measured; keepalived below 2.3.3 reads whole seconds, and the check holds a connection for almost one",
  check: (spec) => {
    if (spec.virtualIP.provider !== "keepalived") return [];
    const { advertisementInterval: interval, checkTimeout: timeout } = spec.keepalived;
    const problems: Problem[] = [];
    if (interval % 10 !== 0 || interval < 10 || interval > 40_950)
      problems.push({
        severity: "error",
        path: "keepalived.advertisementInterval",
        message: `${interval}ms cannot be sent by VRRPv3`,
        remedy: "write a multiple of 10ms from 10ms to 40950ms, such as 300ms",
      });
    else if (interval < 50)
      problems.push({
        severity: "warning",
        path: "keepalived.advertisementInterval",
        message: `${interval}ms moves the virtual IP on a busy machine`,
        remedy: "use 100ms or more",
      });
    if (timeout % 1000 !== 0 || timeout < 2000)
      problems.push({
        severity: "error",
        path: "keepalived.checkTimeout",
        message: `${timeout}ms is not a whole number of seconds from 2s`,
        remedy: "use 3s",
      });
    return problems;
  },
};
