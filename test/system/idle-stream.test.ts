import { setTimeout as sleep } from "node:timers/promises";

import { beforeAll, describe, expect, it } from "vitest";

import { collectFiles } from "../../src/host/collect-files.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import { parseHaproxyTime } from "../../src/readers/haproxy-time.ts";
import { fullDurations } from "../../src/rehearse/faults/fault.ts";
import { rehearsedFaults } from "../../src/rehearse/faults/index.ts";
import { helpersDirectory } from "../../src/rehearse/helpers.ts";
import { makeScene } from "../../src/rehearse/scene/make-scene.ts";
import type { Scene } from "../../src/rehearse/scene.ts";
import { startSession } from "../../src/rehearse/session.ts";
import { eventually } from "./lab/wait.ts";
import { requireSystem } from "./support/programs.ts";

beforeAll(requireSystem);

/** Half an hour in half a minute: every timer that can end a stream is as much shorter. */
const scale = 60;

const ours = "manifests/keepalived-haproxy/v1.34";

// The stand-in API server has no such timer: it ends a stream only when it shuts down.
describe("a stream on which nothing is sent for half an hour, at a sixtieth of the time", () => {
  // A machine that stands still for three adverts moves the virtual IP, and that cuts streams too.
  it("lives on in our configuration", { retry: 2 }, async () => {
    expect(await cutStreams(scaled(ours), "all")).toBe(0);
  });

  it.each([
    ["ours without a limit for tunnels", ours, [/^\s*timeout tunnel .*$/gm, ""]],
    ["ours with a tunnel of 20 min", ours, [/timeout tunnel \S+/g, "timeout tunnel 20m"]],
    ["a post with client and server at 50 s", "test/fixtures/failover/s3", undefined],
    ["a post with nginx's default of 10 min", "test/fixtures/seeds/s4", undefined],
  ] as const)("is cut by %s", async (_, tree, change) => {
    expect(await cutStreams(scaled(tree, change), "first")).toBeGreaterThan(0);
  });
});

/** How many streams were cut until nobody waits any more: for all of the time, or for the first one. */
async function cutStreams(scene: Scene, until: "all" | "first"): Promise<number> {
  const session = await startSession(scene, {
    form: "host",
    helpers: helpersDirectory(),
    shutdownDelay: 1,
    idleStream: true,
  });
  try {
    const { lab } = session;
    const begin = machineSeconds();
    await eventually("the endpoint answers", 30, () => session.answeredSince(begin).size > 0 || undefined);
    // What the start itself cut is over, and the stream is there.
    await sleep(2000);
    const [holder, ...others] = lab.byRank;
    if (holder === undefined) throw new Error("no node");
    const from = machineSeconds();
    const cut = (): number => session.figures({ from, to: machineSeconds() }).streamsCut;
    const seen = until === "all" ? undefined : (): boolean => cut() > 0;
    await rehearsedFaults["idle-stream"].inject(lab, {
      holder,
      others,
      durations: { ...fullDurations, "idle-stream": fullDurations["idle-stream"] / scale },
      sleep: (seconds) => sleepUnless(seconds, seen),
    });
    return cut();
  } finally {
    await session.stop();
  }
}

async function sleepUnless(seconds: number, over: () => boolean = () => false): Promise<void> {
  const end = machineSeconds() + seconds;
  while (machineSeconds() < end && !over()) await sleep(100);
}

/** The scene of a tree with shorter timers, perhaps after a change of its texts. */
function scaled(tree: string, change?: readonly [from: RegExp, to: string]): Scene {
  const files = collectFiles([tree]).files.map((file) => ({
    ...file,
    text: shorter(change === undefined ? file.text : file.text.replaceAll(...change)),
  }));
  return makeScene({ name: tree, files, endpoint: tree.endsWith("s4") ? "192.168.1.31:16443" : undefined }).scene;
}

function shorter(text: string): string {
  return (
    text
      .replaceAll(
        /^(\s*timeout (?:client|server|tunnel|client-fin|server-fin|http-keep-alive) +)(\S+)/gm,
        (_, name: string, value: string) => `${name}${Math.round(milliseconds(value) / scale)}ms`,
      )
      // Only whole seconds are known to the kernel here.
      .replaceAll(
        /^(\s*(?:cli|srv)tcpka-(?:idle|intvl) +)(\S+)/gm,
        (_, name: string, value: string) => `${name}${Math.max(1, Math.round(milliseconds(value) / scale / 1000))}s`,
      )
      // https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_timeout
      .replaceAll(/^(\s*proxy_pass backend;)/gm, `$1\n        proxy_timeout ${600 / scale}s;`)
  );
}

function milliseconds(text: string): number {
  const value = parseHaproxyTime(text);
  if (value === undefined) throw new Error(`${text} is no time`);
  return value;
}
