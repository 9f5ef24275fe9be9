import type { Rule } from "../rule.ts";

/** Releases of kube-vip that cannot work here. */
export const kubeVipImage: Rule = {
  id: "kube-vip-image",
  summary: "kube-vip is not v1.2.2.",
  reason:
    "v1.2.2 takes the API server's address from admin.conf, which is the virtual IP itself, so the virtual IP never comes up: https://github.com/kube-vip/kube-vip/issues/1654",
  check: (spec) =>
    spec.virtualIP.provider === "kube-vip" && /:v?1\.2\.2(@|$)/.test(spec.images.kubeVip)
      ? [
          {
            severity: "error",
            path: "images.kubeVip",
            message: `${spec.images.kubeVip} cannot bring up a control plane's virtual IP`,
            remedy: "use v1.2.1 or v1.2.3",
          },
        ]
      : [],
};
