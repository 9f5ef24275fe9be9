import { answerReader } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { machineSeconds } from "./clock.ts";
import { outcomeOf } from "./outcome.ts";
import type { Ending, Recorder } from "./recorder.ts";
import { patience } from "./settings.ts";
import { openConnection } from "./target.ts";
import type { Target } from "./target.ts";

/** Longest time, in seconds, that is made up for after this process itself stood still. */
const longestBacklog = 1;

/** Requests on new connections, so many a second on a fixed grid; none waits for an earlier one. */
export function sendFreshRequests(target: Target, rate: number, recorder: Recorder): void {
  if (rate <= 0) return;
  const interval = 1 / rate;
  let planned = machineSeconds();
  const send = (): void => {
    const now = machineSeconds();
    if (now - planned > longestBacklog) planned += Math.floor((now - planned - longestBacklog) / interval) * interval;
    // Timers have milliseconds: half of one early is nearer than half of one late.
    for (; planned <= now + 0.0005; planned += interval) request(target, recorder.begin("fresh", planned));
    setTimeout(send, Math.max(0, (planned - machineSeconds()) * 1000));
  };
  send();
}

function request(target: Target, finish: (ending: Ending) => void): void {
  const socket = openConnection(target, "http/1.1");
  const read = answerReader();
  let answer = read("");
  const end = (ending: Ending): void => {
    clearTimeout(limit);
    socket.destroy();
    finish(ending);
  };
  const limit = setTimeout(() => end({ outcome: "timeout" }), patience * 1000);

  socket.setEncoding("latin1");
  // The client closes first, as clients do: otherwise thousands of ended connections stay on the balancers for a
  // minute, and one that moves there from another node and has the same port by chance hangs instead of being reset.
  socket.on("secureConnect", () => socket.write(`GET /version HTTP/1.1\r\nHost: ${target.servername}\r\n\r\n`));
  socket.on("data", (piece: string) => {
    answer = read(piece);
    if (answer.complete === "yes") end(endingOf(answer));
  });
  socket.on("end", () => end(answer.complete === "at-end" ? endingOf(answer) : { outcome: "reset" }));
  socket.on("error", (error) => end({ outcome: outcomeOf(error) }));
  socket.on("close", () => end({ outcome: "reset" }));
}

function endingOf({ status, member }: Answer): Ending {
  return { outcome: status === 200 ? "answered" : "status", status, member };
}
