import { answerReader } from "./answer.ts";
import { patience } from "./settings.ts";
import { openConnection } from "./target.ts";
import type { Target } from "./target.ts";

/** An answer that does not end by itself. */
export interface StreamHandlers {
  /** Its head came, with status 200. */
  opened(member: string): void;
  /** Something of its body came. */
  data(): void;
  /** It ended, or could not be opened. Called once, not after `close`. */
  ended(): void;
}

/** Asks for a stream on a connection of its own; gives up when its head is not there after 5 s. */
export function openStream(target: Target, path: string, handlers: StreamHandlers): { close(): void } {
  const socket = openConnection(target, "http/1.1");
  const read = answerReader();
  let state: "opening" | "open" | "closed" = "opening";
  const close = (): void => {
    state = "closed";
    clearTimeout(limit);
    socket.destroy();
  };
  const end = (): void => {
    if (state === "closed") return;
    close();
    handlers.ended();
  };
  const limit = setTimeout(end, patience * 1000);

  socket.setEncoding("latin1");
  socket.on("secureConnect", () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${target.servername}\r\n\r\n`));
  socket.on("data", (piece: string) => {
    if (state === "open") {
      // The last chunk, which announces the end, comes on its own.
      if (piece.startsWith("0\r\n")) end();
      else handlers.data();
      return;
    }
    const { status, member, body } = read(piece);
    if (status === 0) return;
    if (status !== 200) {
      end();
      return;
    }
    state = "open";
    clearTimeout(limit);
    handlers.opened(member);
    if (body !== "") handlers.data();
  });
  socket.on("end", end);
  socket.on("error", end);
  socket.on("close", end);
  return { close };
}
