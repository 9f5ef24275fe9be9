import { example, kubeadmAPIVersion } from "./support/case.ts";
import { testCluster } from "./support/holds.ts";

const { config } = example("keepalived-haproxy");

testCluster({
  name: "API server 9443, balancer 6443",
  config: `${config.replace("port: 8443 ", "port: 6443 ")}
---
apiVersion: ${kubeadmAPIVersion}
kind: InitConfiguration
localAPIEndpoint:
  bindPort: 9443
`,
});
