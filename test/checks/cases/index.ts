import type { Cases } from "../case.ts";
import { fileCases } from "./files.ts";
import { networkCases } from "./network.ts";
import { programCases } from "./programs.ts";

/** All of them. */
export const cases: Cases = { ...networkCases, ...fileCases, ...programCases };
