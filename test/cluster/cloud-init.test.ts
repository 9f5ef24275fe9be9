import { example } from "./support/case.ts";
import { testCluster } from "./support/holds.ts";

testCluster({
  ...example("keepalived-haproxy"),
  name: "keepalived and haproxy by cloud-init",
  delivery: "cloud-init",
});
