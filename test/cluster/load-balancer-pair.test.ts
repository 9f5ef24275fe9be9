import { example } from "./support/case.ts";
import { testCluster } from "./support/holds.ts";

const { config } = example("load-balancer-pair");

// The machines of the lab are Debian's, of another release than the example's.
testCluster({
  name: "a pair of load balancers",
  config: config.replace(/^host: .*$/m, "host: {family: debian, keepalived: 2.2.7, haproxy: 2.6.12}"),
});
