import { describe } from "vitest";

import { clusterCases } from "./support/cases.ts";
import { testsOfEveryCluster } from "./support/holds.ts";
import { runningCluster } from "./support/running.ts";

describe.each(clusterCases)("$name", (each) => {
  testsOfEveryCluster(runningCluster(each));
});
