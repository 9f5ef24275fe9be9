export * from "../../../src/rehearse/lab/network.ts";
