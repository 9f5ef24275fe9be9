export * from "../../../src/rehearse/lab/process.ts";
