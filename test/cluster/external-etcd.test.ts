import { example } from "./support/case.ts";
import { withExternalEtcd } from "./support/external-etcd.ts";
import { testCluster } from "./support/holds.ts";

testCluster(withExternalEtcd(example("keepalived-haproxy")));
