import type { SceneNode } from "../scene.ts";
import { shellWord } from "../../render/text.ts";

/**
 * Shell lines that give a machine what the daemons' packages of the distribution that its files were
 * written for would have made: their accounts, and the place of nginx's modules; nginx's stream module
 * where the file is for an image that has it built in; and the kernel's settings that its files make.
 */
export function completion({ files, programs, redirect, sysctls = {} }: SceneNode): string {
  const texts = files.filter(({ path }) =>
    programs.some(({ config, kind }) => config === path && kind !== "keepalived"),
  );
  const words = texts.flatMap(({ text }) => [
    ...text.matchAll(/^[ \t]*(user|group)[ \t]+([\w-]+)(?:[ \t]+([\w-]+))?/gm),
  ]);
  const users = words.flatMap(([, kind, name = ""]) => (kind === "user" ? name : []));
  const groups = words.flatMap(([, , name = "", second]) => [name, ...(second === undefined ? [] : [second])]);
  return [
    ...[...new Set(groups)].map((name) => addTo("group", name, "x:$number:")),
    ...[...new Set(users)].map((name) => addTo("passwd", name, "x:$number:$number::/nonexistent:/usr/sbin/nologin")),
    ...modulePlaces,
    ...Object.entries(sysctls).map(([name, value]) => `echo ${shellWord(value)} >${shellWord(`/proc/sys/${name}`)}`),
    ...(redirect !== undefined && "rules" in redirect ? redirect.rules.map((path) => `nft -f ${shellWord(path)}`) : []),
    ...programs.filter(({ kind }) => kind === "nginx").map(({ config }) => streamModule(shellWord(config))),
  ].join("\n");
}

function addTo(database: "group" | "passwd", name: string, rest: string): string {
  return `if ! grep -q ${shellWord(`^${name}:`)} /etc/${database}; then
  number=$(printf %s ${shellWord(name)} | cksum | awk '{ print 800 + $1 % 100 }')
  echo "${name}:${rest}" >>/etc/${database}
fi`;
}

const modulePlaces = [
  ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules"],
  ["/usr/lib64/nginx/modules", "/usr/lib/nginx/modules"],
].map(
  ([from = "", to = ""]) =>
    `if [ -d ${from} ] && [ ! -e ${to} ]; then mkdir -p "$(dirname ${to})"; ln -s ${from} ${to}; fi`,
);

// Before the first line, so that a message's line number is right.
function streamModule(config: string): string {
  return `for module in /usr/lib/nginx/modules/ngx_stream_module.so /usr/lib64/nginx/modules/ngx_stream_module.so; do
  if [ -e $module ] && grep -qE '^ *stream\\b' ${config} && ! grep -qE '^ *(load_module|include .*modules)' ${config}; then
    sed -i "1s|^|load_module $module; |" ${config}
  fi
done`;
}
