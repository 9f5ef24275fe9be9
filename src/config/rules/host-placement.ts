import type { Rule } from "../rule.ts";

/** kube-vip has no package. */
export const hostPlacement: Rule = {
  id: "host-placement",
  summary: "deployAs: systemd goes with keepalived.",
  reason: "kube-vip is published as an image, and elects its holder through the API server beside it",
  check: (spec) =>
    spec.deployAs === "systemd" && spec.virtualIP.provider !== "keepalived"
      ? [
          {
            severity: "error",
            path: "deployAs",
            message:
              spec.virtualIP.provider === "none"
                ? "has nothing to place: keepalived and its balancer are not used"
                : `${spec.virtualIP.provider} does not run as a service of systemd`,
            remedy: "use static-pod, or virtualIP.provider keepalived",
          },
        ]
      : [],
};
