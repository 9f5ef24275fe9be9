export * from "../../../src/rehearse/lab/wait.ts";
