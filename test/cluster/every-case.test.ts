import { describe } from "vitest";

import { clusterCases, example } from "./support/cases.ts";
import { withExternalEtcd } from "./support/external-etcd.ts";
import { testsOfEveryCluster } from "./support/holds.ts";
import { runningCluster } from "./support/running.ts";

describe.each([...clusterCases, withExternalEtcd(example("keepalived-haproxy"))])("$name", (each) => {
  testsOfEveryCluster(runningCluster(each), each);
});
