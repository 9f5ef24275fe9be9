import { existsSync } from "node:fs";
import path from "node:path";

import type { SceneProgram } from "../scene.ts";
import { environment } from "./space.ts";

/** How a service of Debian's package runs a daemon, but in the foreground where it can be and with its messages. */
export function daemonCommand({ kind, config }: SceneProgram): readonly string[] {
  return [findProgram(kind) ?? kind, ...words[kind].service(config)];
}

/** How a daemon's image runs it where the manifest leaves that to the image. */
export function imageCommand({ kind, config }: SceneProgram): readonly string[] {
  return [findProgram(kind) ?? kind, ...words[kind].image(config)];
}

/** How a daemon checks its own configuration. */
export function checkCommand({ kind, config }: SceneProgram): readonly string[] {
  return [kind, ...words[kind].check(config)];
}

/** The full path of a program, or undefined; scripts look for a daemon's in the list of processes. */
export function findProgram(name: string): string | undefined {
  const directories = environment["PATH"]?.split(":") ?? [];
  return directories.map((directory) => path.join(directory, name)).find((file) => existsSync(file));
}

type Words = (config: string) => readonly string[];

const keepalived: Words = (config) => ["--dont-fork", "--log-console", "--log-detail", "--vrrp", "-f", config];

const words: Readonly<Record<SceneProgram["kind"], Readonly<Record<"service" | "image" | "check", Words>>>> = {
  keepalived: {
    service: keepalived,
    image: keepalived,
    check: (config) => ["--config-test", "--vrrp", "-f", config],
  },
  haproxy: {
    service: (config) => ["-W", "-db", "-f", config, "-p", "/run/haproxy.pid"],
    image: (config) => ["-W", "-db", "-f", config],
    check: (config) => ["-c", "-f", config],
  },
  nginx: {
    // In the background with its own pid file, as the init script starts it: a check may call that.
    service: (config) => (config === "/etc/nginx/nginx.conf" ? [] : ["-c", config]),
    image: (config) => ["-c", config, "-g", "daemon off;"],
    check: (config) => ["-t", "-c", config],
  },
};
