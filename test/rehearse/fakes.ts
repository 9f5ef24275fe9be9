import type { RehearsedFault } from "../../src/rehearse/faults/fault.ts";
import type { Lab, LabNode, LabProgram, OwnershipChange } from "../../src/rehearse/lab/lab.ts";
import type { PhaseFigures } from "../../src/rehearse/measurement.ts";
import type { Pace } from "../../src/rehearse/pace.ts";
import type { Scene } from "../../src/rehearse/scene.ts";
import type { Session } from "../../src/rehearse/session.ts";

/** A scene of three nodes, of which only the names matter. */
export const scene: Scene = {
  name: "here",
  configuration: "0123456789abcdef",
  nodes: ["cp1", "cp2", "cp3"].map((name, index) => ({
    name,
    interface: "eth0",
    addresses: [`192.0.2.${index + 11}`],
    files: [],
    programs: [
      { kind: "haproxy", config: "/etc/haproxy/haproxy.cfg", manifest: undefined },
      { kind: "keepalived", config: "/etc/keepalived/keepalived.conf", manifest: undefined },
    ],
  })),
  virtualIPs: ["192.0.2.100"],
  endpoint: { address: "192.0.2.100", port: 8443 },
  apiServerPort: 6443,
};

/** Time that passes only while somebody sleeps; `at` does something when its second comes. */
export function fakePace(): Pace & { at(second: number, action: () => void): void } {
  let now = 1000;
  const planned: { readonly second: number; readonly action: () => void }[] = [];
  return {
    now: () => now,
    interrupted: () => false,
    at: (second, action) => void planned.push({ second: now + second, action }),
    sleep: async (seconds) => {
      now += seconds;
      for (const due of planned.filter(({ second }) => second <= now)) {
        planned.splice(planned.indexOf(due), 1);
        due.action();
      }
    },
  };
}

/** What a test sees and changes of a fake session. */
export interface FakeSession extends Session {
  holders: readonly string[];
  disturbed: number;
  /** The API servers that clients reach. */
  answering: readonly string[];
  late: number;
  stopped: boolean;
  readonly windows: { readonly from: number; readonly to: number }[];
}

/** Three nodes that elect the first one that runs, and of equal rights keep it. */
export function fakeSession(pace: Pace): FakeSession {
  const running = new Map<string, boolean>();
  const elect = (): void => {
    const candidates = scene.nodes
      .map(({ name }) => name)
      .filter((name) => running.get(`${name} keepalived`) !== false);
    const [holder = ""] = session.holders;
    if (!candidates.includes(holder)) session.holders = candidates.slice(0, 1);
  };
  const program = (key: string): LabProgram => ({
    start: async () => void running.set(key, true),
    signal: (name) => {
      if (name !== "SIGCONT" && name !== "SIGSTOP") running.set(key, false);
      if (key.endsWith("keepalived")) elect();
    },
    running: () => running.get(key) !== false,
    superviseAfter: () => {},
  });
  const nodes = scene.nodes.map(({ name }): LabNode => ({
    name,
    programs: {
      keepalived: program(`${name} keepalived`),
      balancer: program(`${name} balancer`),
      "api-server": program(`${name} api-server`),
    },
    freeze: () => {},
    shutDown: async () => {},
    powerOff: async () => {},
    boot: async () => {},
  }));
  const ownership: OwnershipChange[] = [];
  const lab: Lab = {
    scene,
    nodes,
    byRank: nodes,
    network: { setCable: async () => {}, setPath: async () => {} },
    client: {
      start: () => {
        throw new Error("nothing is started here");
      },
      caFile: "/ca",
    },
    ownership,
    holders: () => session.holders,
    setHealth: () => {},
    startForeignRouter: async () => ({ stop: async () => {} }),
    log: () => "the log\n",
    stop: async () => {},
  };
  const session: FakeSession = {
    lab,
    holders: ["cp1"],
    disturbed: pace.now(),
    late: 0,
    stopped: false,
    windows: [],
    lastDisturbance: () => session.disturbed,
    complete: async () => {},
    figures: (window) => {
      session.windows.push(window);
      return { ...noFigures, late: session.late };
    },
    answering: nodes.map(({ name }) => name),
    answeredSince: () => new Set(session.answering),
    renewProbe: () => {},
    stop: async () => void (session.stopped = true),
  };
  return session;
}

/** Nothing happened. */
export const noFigures: Omit<PhaseFigures, "settled" | "seconds"> = {
  blackout: 0.02,
  firstSuccess: 0.01,
  lastFailure: 0,
  requests: 100,
  failed: 0,
  keptRequests: 100,
  keptFailed: 0,
  watchGap: 0,
  streamsCut: 0,
  late: 0,
  twoHolders: 0,
  noHolder: 0,
  moves: 0,
};

/** A fault that disturbs clients for two seconds. */
export function fakeFault(pace: Pace, session: () => FakeSession): RehearsedFault {
  const disturb = async (): Promise<number> => {
    const at = pace.now();
    session().disturbed = at + 2;
    return at;
  };
  return {
    name: "balancer-killed",
    minimumSeconds: 3,
    quietSeconds: 2,
    capSeconds: 20,
    inject: disturb,
    repair: disturb,
  };
}
