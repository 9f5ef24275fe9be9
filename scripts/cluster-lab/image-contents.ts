import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { findProgram } from "../../src/rehearse/lab/daemons.ts";
import { nodePrograms, oracles } from "./programs.ts";

/** What an image holds and how it is started where a pod does not say so. */
export interface ImageContents {
  readonly entrypoint: readonly string[];
  /** Fills the directory that becomes its file system. */
  fill(root: string): void;
}

/** What stands for an image, by the last part of its name; programs are files of scripts/oracles. */
export function imageContents(image: string, programs: Readonly<Record<string, string>>): ImageContents | undefined {
  const [, name = "", tag = ""] = /([^/:@]+)(?::([^/@]*))?(?:@[^/]*)?$/.exec(image) ?? [];
  // Kubernetes' own images have its version, of which there may be two.
  const released = nodePrograms(tag)[name];
  const oracle = released?.endsWith(tag) === true ? released : programs[name];
  if (name === "kube-vip" && oracle !== undefined) return program("/kube-vip", oracle);
  if (oracle !== undefined) return program(`/usr/local/bin/${name}`, oracle);
  return debian[name.replace(/^.*keepalived.*$/, "keepalived")];
}

function program(place: string, oracle: string): ImageContents {
  return {
    entrypoint: [place],
    fill: (root) => {
      mkdirSync(path.join(root, path.dirname(place)), { recursive: true });
      cpSync(path.join(oracles, oracle), path.join(root, place));
    },
  };
}

// Of Debian's packages, as an image built from a Containerfile has them. No pod network and no services are
// needed here, so kube-proxy and CoreDNS only have to be there.
const debian: Readonly<Record<string, ImageContents>> = {
  keepalived: packaged(["keepalived"], ["keepalived"]),
  haproxy: packaged(["haproxy"], ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]),
  nginx: withStream(
    packaged(
      ["nginx"],
      ["nginx", "-g", "daemon off;"],
      ["/usr/lib/nginx/modules", "/usr/share/nginx/modules-available"],
    ),
  ),
  pause: packaged([], ["sleep", "infinity"]),
  "kube-proxy": idle("/usr/local/bin/kube-proxy"),
  coredns: idle("/coredns"),
};

// Debian has the stream module as a file; in the nginx project's own image it is built in.
function withStream({ entrypoint, fill }: ImageContents): ImageContents {
  return {
    entrypoint,
    fill: (root) => {
      fill(root);
      const place = path.join(root, "usr/sbin/nginx");
      renameSync(place, path.join(root, "usr/lib/nginx/nginx"));
      writeFileSync(place, startWithStream, { mode: 0o755 });
    },
  };
}

const startWithStream = `#!/bin/sh
last=
for word; do
  shift
  given=$word
  if [ "$last" = -g ]; then word="load_module /usr/lib/nginx/modules/ngx_stream_module.so; $word"; fi
  set -- "$@" "$word"
  last=$given
done
exec /usr/lib/nginx/nginx "$@"
`;

function idle(place: string): ImageContents {
  const { fill } = packaged([], []);
  return {
    entrypoint: [place],
    fill: (root) => {
      fill(root);
      mkdirSync(path.join(root, path.dirname(place)), { recursive: true });
      writeFileSync(path.join(root, place), "#!/bin/sh\nexec sleep infinity\n", { mode: 0o755 });
    },
  };
}

// Besides the daemon: what our check scripts call.
const tools = "sh cat sleep grep mkfifo rm mkdir kill curl nc pgrep".split(" ");

function packaged(
  names: readonly string[],
  entrypoint: readonly string[],
  directories: readonly string[] = [],
): ImageContents {
  return {
    entrypoint,
    fill: (root) => {
      skeleton(root);
      const programs = [...names, ...tools].flatMap((name) => findProgram(name) ?? []);
      for (const file of programs) install(root, file);
      for (const directory of directories.filter((each) => existsSync(each))) {
        cpSync(directory, path.join(root, directory), { recursive: true });
        for (const file of execFileSync("find", [directory, "-name", "*.so"], { encoding: "utf8" }).split("\n"))
          if (file !== "") libraries(file).forEach((library) => install(root, library));
      }
    },
  };
}

// Debian has /bin as a link to /usr/bin.
function skeleton(root: string): void {
  for (const directory of "usr/bin usr/sbin usr/lib usr/lib64 etc run tmp var/log var/lib proc sys dev".split(" "))
    mkdirSync(path.join(root, directory), { recursive: true });
  for (const link of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${link}`, path.join(root, link));
  writeFileSync(path.join(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nhaproxy:x:99:99::/:/bin/sh\n");
  writeFileSync(path.join(root, "etc/group"), "root:x:0:\nhaproxy:x:99:\n");
  for (const file of ["ld.so.cache", "nsswitch.conf", "services", "protocols"])
    if (existsSync(`/etc/${file}`)) cpSync(`/etc/${file}`, path.join(root, "etc", file));
}

function install(root: string, file: string): void {
  for (const each of [file, ...libraries(file)]) {
    // The place that it is asked for at, with the contents that a chain of links leads to.
    const place = path.join(root, each.replace(/^\/(bin|sbin|lib|lib64)\//, "/usr/$1/"));
    if (existsSync(place)) continue;
    mkdirSync(path.dirname(place), { recursive: true });
    cpSync(realpathSync(each), place);
  }
}

function libraries(file: string): readonly string[] {
  const printed = execFileSync("ldd", [realpathSync(file)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return [...printed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, library = ""]) => library);
}
