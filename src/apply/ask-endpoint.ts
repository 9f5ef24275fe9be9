import { request } from "node:https";

/** What is at a URL: a TLS server that answers, whatever it answers, or something that takes connections and says nothing. */
export interface Answer {
  readonly url: string;
  readonly kind: "answers" | "silent";
}

/**
 * The first of the URLs at which a TLS server answers within three seconds, else the first that takes a connection and
 * keeps it without a word: an API server that hangs. A load balancer without servers ends connections, and is no cluster.
 */
export async function askEndpoints(urls: readonly string[]): Promise<Answer | undefined> {
  const answers = (await Promise.all(urls.map(ask))).filter((answer) => answer !== undefined);
  return answers.find(({ kind }) => kind === "answers") ?? answers[0];
}

function ask(url: string): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let connected = false;
    // Whose certificate it is does not matter: that there is a cluster does.
    const asked = request(`${url}/version`, { rejectUnauthorized: false, agent: false });
    const settle = (kind: Answer["kind"] | undefined): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(kind && { url, kind });
    };
    const timer = setTimeout(() => settle(connected ? "silent" : undefined), 3000);
    asked.on("socket", (socket) => {
      socket.once("connect", () => (connected = true));
      socket.once("secureConnect", () => settle("answers"));
    });
    asked.on("error", () => settle(undefined));
    asked.end();
  });
}
