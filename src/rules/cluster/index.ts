import type { FileRule } from "../rule.ts";
import { CL01 } from "./CL01.ts";
import { CL02 } from "./CL02.ts";
import { CL03 } from "./CL03.ts";
import { CL04 } from "./CL04.ts";
import { CL05 } from "./CL05.ts";
import { CL06 } from "./CL06.ts";
import { CL07 } from "./CL07.ts";
import { CL08 } from "./CL08.ts";

/** Rules about what differs between the machines of a cluster, in the order of their ids. */
export const clusterRules: readonly FileRule[] = [CL01, CL02, CL03, CL04, CL05, CL06, CL07, CL08];
