import { join } from "node:path";

import { findDocument } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { printable } from "../findings/text.ts";
import { statusOf } from "../host/files.ts";
import type { Io } from "../host/io.ts";
import { isJoinProblem, joinEndpointProblem, joinFacts, parseJoinFile } from "../kubeadm/join-command.ts";
import { bringsOwnDiscovery } from "../kubeadm/join-configuration.ts";
import type { Facts } from "../plan/facts.ts";

/** Where a join file is looked for on a node. */
export const joinFilePath = "/run/kubeadm-ha/join";

/** A join file that this run uses. */
export interface JoinFile {
  /** As `Io.read` wants it. */
  readonly path: string;
  /** As people are told. */
  readonly name: string;
}

/** The join file: the one that is asked for, else the one at its usual place unless the user's documents bring secrets. */
export function findJoinFile(root: string, asked: string | undefined, spec: ClusterSpec): JoinFile | undefined {
  if (asked !== undefined) return requestedJoinFile(asked, spec);
  const usual = join(root, joinFilePath);
  const used = !hasOwnSecrets(spec) && statusOf(usual)?.isFile() === true;
  return used ? { path: usual, name: joinFilePath } : undefined;
}

/** The join file that --join-command-file names. */
export function requestedJoinFile(path: string, spec: ClusterSpec): JoinFile {
  const name = path === "-" ? "(stdin)" : printable(path);
  if (!hasOwnSecrets(spec)) return { path, name };
  throw new UserError(
    `${name}: the JoinConfiguration among kubeadm's documents brings its own secrets; leave out one of the two`,
  );
}

/** The join secrets; a file that has none, or those of another cluster, ends in a UserError that repeats no secret. */
export function readJoinFile({ path, name }: JoinFile, io: Io, spec: ClusterSpec): Facts {
  const result = parseJoinFile(io.read(path));
  if (isJoinProblem(result))
    throw new UserError(`${name}: ${result.problem}; found ${result.found}, ${expectedJoinFile}`);
  const foreign = joinEndpointProblem(result, spec);
  if (foreign !== undefined) throw new UserError(`${name}: ${foreign}`);
  return joinFacts(result);
}

const expectedJoinFile = "expected what join-command.sh prints on the first node";

function hasOwnSecrets(spec: ClusterSpec): boolean {
  return bringsOwnDiscovery(findDocument(spec.kubeadmDocuments, "JoinConfiguration"));
}
