import type { FileRule } from "../rule.ts";
import { SC01 } from "./SC01.ts";
import { SC02 } from "./SC02.ts";
import { SC03 } from "./SC03.ts";
import { SC04 } from "./SC04.ts";
import { SC05 } from "./SC05.ts";
import { SC06 } from "./SC06.ts";
import { SC07 } from "./SC07.ts";

/** Rules about every object of Kubernetes, in the order of their ids. */
export const schemaRules: readonly FileRule[] = [SC01, SC02, SC03, SC04, SC05, SC06, SC07];
