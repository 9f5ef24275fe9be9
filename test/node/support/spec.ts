import { loadCluster, type LoadedCluster } from "../../../src/commands/configuration.ts";
import type { ClusterSpec } from "../../../src/config/spec.ts";
import type { Io } from "../../../src/host/io.ts";
import { processIo } from "../../../src/host/process-io.ts";
import type { Cluster } from "./clusters.ts";

/** A configuration as commands load it. */
export function loaded(cluster: Cluster): LoadedCluster {
  const io: Io = {
    out: () => {},
    err: () => {},
    read: (path) => cluster.files[path] ?? processIo.read(path),
    exists: (path) => cluster.files[path] !== undefined || processIo.exists(path),
  };
  const options = Object.fromEntries(
    cluster.flags.flatMap((word, index) => (word.startsWith("--") ? [[word.slice(2), cluster.flags[index + 1]]] : [])),
  );
  return loadCluster(options, io, { rules: [] });
}

/** The cluster of a configuration. */
export function specOf(cluster: Cluster): ClusterSpec {
  return loaded(cluster).spec;
}
