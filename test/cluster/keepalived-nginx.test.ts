import { example } from "./support/case.ts";
import { testCluster } from "./support/holds.ts";

testCluster(example("keepalived-nginx"));
