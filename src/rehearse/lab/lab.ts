import type { ChildProcess } from "node:child_process";

import type { HealthState } from "../api-server/health.ts";
import type { Form } from "../measurement.ts";
import type { Scene } from "../scene.ts";
import { buildLab } from "./build.ts";

export type { HealthState } from "../api-server/health.ts";

/** A control plane in namespaces of this machine, with a client beside it. */
export interface Lab {
  readonly scene: Scene;
  /** In the scene's order. */
  readonly nodes: readonly LabNode[];
  /** By keepalived's priority, highest first; nodes without keepalived come last. */
  readonly byRank: readonly LabNode[];
  readonly network: LabNetwork;
  readonly client: LabClient;
  /** Who got or lost a virtual IP since the lab began; a node that is off holds nothing. */
  readonly ownership: readonly OwnershipChange[];
  /** The nodes that hold a virtual IP at this moment. */
  holders(): readonly string[];
  /** What a node's API server answers when it is asked for its health; everything else it answers as ever. */
  setHealth(node: string, state: HealthState): void;
  /** Another machine on the segment that runs keepalived with the same VRID for another virtual IP. */
  startForeignRouter(): Promise<ForeignRouter>;
  /** What every program printed, the last lines of each, and what of the files could not be used as it is. */
  log(): string;
  stop(): Promise<void>;
}

/** `at` in seconds of the machine's monotonic clock. */
export interface OwnershipChange {
  readonly at: number;
  readonly node: string;
  readonly holds: boolean;
}

/** The client's machine. */
export interface LabClient {
  /** Starts a program there; it ends with the lab at the latest. */
  start(argv: readonly string[]): ChildProcess;
  /** The cluster's CA, for programs on the client. */
  readonly caFile: string;
}

/** A control-plane node. */
export interface LabNode {
  readonly name: string;
  readonly programs: Readonly<Partial<Record<ProgramName, LabProgram>>>;
  /** Stops or continues every process of the node. */
  freeze(frozen: boolean): void;
  /** Every program is told to end, in the order and the way of a machine that shuts down. */
  shutDown(): Promise<void>;
  /** Everything is killed at once, the cable is dead; the virtual IP is gone from it. */
  powerOff(): Promise<void>;
  /** Fresh addresses and /run; starts every program at once, the API server too. */
  boot(): Promise<void>;
}

export type ProgramName = "keepalived" | "balancer" | "redirect" | "api-server";

/** A program of a node, whether it runs or not. */
export interface LabProgram {
  /** Resolves when the process runs; does nothing while it runs. */
  start(): Promise<void>;
  /** To the program's master process; nothing happens when there is none. */
  signal(name: NodeJS.Signals): void;
  running(): boolean;
  /**
   * How a supervisor treats it, whatever ended it: restarted after so many seconds. Undefined is the default: never, but
   * a container that ends without being told to is restarted as the kubelet does.
   */
  superviseAfter(seconds: number | undefined): void;
}

/** The segment between the nodes and the client. */
export interface LabNetwork {
  /** "no-carrier" is seen by the node, "silent" is not: frames just do not arrive. */
  setCable(node: string, state: CableState): Promise<void>;
  /** Drops frames from one node to another; both directions are two calls. */
  setPath(from: string, to: string, open: boolean): Promise<void>;
}

export type CableState = "up" | "no-carrier" | "silent";

export interface ForeignRouter {
  stop(): Promise<void>;
}

export interface LabOptions {
  readonly form: Form;
  /** The directory with api-server.cjs and probe.cjs. */
  readonly helpers: string;
  /** For how many seconds an API server serves on after SIGTERM. */
  readonly shutdownDelay: number;
}

/**
 * Builds the machines, checks every configuration by its own daemon (exit code 2 when one refuses)
 * and starts everything. The caller waits for a steady state and stops the lab.
 */
export function startLab(scene: Scene, options: LabOptions): Promise<Lab> {
  return buildLab(scene, options);
}
