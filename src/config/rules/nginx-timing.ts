import type { Rule } from "../rule.ts";

/** Times of nginx that clients do not wait for. */
export const nginxTiming: Rule = {
  id: "nginx-timing",
  summary: "nginx.connectTimeout is at most 3 s.",
  reason:
    "client-go gives a TLS handshake 10 s: two dead API servers in a row must fit into it (https://github.com/kubernetes/apimachinery/blob/master/pkg/util/net/http.go)",
  check: ({ loadBalancer, nginx }) =>
    loadBalancer.provider === "nginx" && nginx.connectTimeout > 3000
      ? [
          {
            severity: "warning",
            path: "nginx.connectTimeout",
            message: `${nginx.connectTimeout}ms: with an API server's host gone clients wait that long for every try`,
            remedy: "use 500ms",
          },
        ]
      : [],
};
