import * as v from "valibot";

import { apiVersion } from "../config/schema.ts";
import { UserError, ExitCode } from "../errors.ts";
import { type NodeState, statePath, stateVersion } from "./state.ts";

/** Reads a node's state; one that is not ours, damaged or newer ends in a UserError. */
export function readState(text: string): NodeState {
  const result = v.safeParse(stateSchema, parseJson(text));
  if (result.success) return result.output as NodeState;
  const path = result.issues[0].path?.map(({ key }) => String(key)).join(".") ?? "the file";
  throw new UserError(
    path === "version"
      ? `${statePath} is of another version than ${stateVersion}: use the kubeadm-ha that wrote it, or a newer one`
      : `${statePath} is damaged (${path}): put it back from a backup, or move it away and give --adopt`,
    { exitCode: ExitCode.environment },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
// What we remove on the strength of this file must lie where we write.
const ownPath = v.pipe(v.string(), v.regex(/^\/(?:etc|run)(?:\/(?!\.{1,2}(?:\/|$))[\w.@+-]+)*$/));

const stateSchema = v.object({
  apiVersion: v.literal(apiVersion),
  kind: v.literal("NodeState"),
  version: v.literal(stateVersion),
  product: v.string(),
  kubernetesVersion: v.string(),
  node: v.string(),
  role: v.picklist(["init", "join"]),
  virtualIP: v.object({ provider: v.string(), addresses: v.array(v.string()), interface: v.nullable(v.string()) }),
  loadBalancer: v.object({ provider: v.string() }),
  virtualRouterID: v.nullable(v.number()),
  rank: v.nullable(v.number()),
  finalized: v.boolean(),
  directories: v.array(ownPath),
  adopted: v.array(ownPath),
  files: v.array(
    v.object({
      path: ownPath,
      mode: v.pipe(v.string(), v.regex(/^0[0-7]{3}$/)),
      sha256: hash,
      replaces: v.optional(hash),
    }),
  ),
});
