import type { FileRule } from "../rule.ts";
import { NX01 } from "./NX01.ts";
import { NX02 } from "./NX02.ts";
import { NX03 } from "./NX03.ts";
import { NX04 } from "./NX04.ts";

/** The rules about nginx.conf. */
export const nginxRules: readonly FileRule[] = [NX01, NX02, NX03, NX04];
