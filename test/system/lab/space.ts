export * from "../../../src/rehearse/lab/space.ts";
