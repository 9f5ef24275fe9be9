import type { NginxModel } from "../../model/balancer.ts";
import { containerOf } from "../container.ts";
import type { FileRule, Hit } from "../rule.ts";

/** The stream module is there. */
export const NX03: FileRule = {
  id: "NX03",
  name: "module",
  aliases: ["NGINX-STREAM"],
  scope: "nginx",
  severity: "error",
  summary: "nginx gets its stream module where it is a package's, and only there.",
  reason:
    'packages of Debian and Red Hat have the module apart: without `load_module` nginx says unknown directive "stream" and does not start; the official image has it built in and no file to load; https://nginx.org/en/docs/ngx_core_module.html#load_module',
  remedy:
    "write `load_module /usr/lib/nginx/modules/ngx_stream_module.so;` as the first line on a host, leave it out in the official image",
  check: (model, { node }) => {
    const streamModules = model.modules.filter(({ value }) => /(?:^|\/)ngx_stream_module\.so$/.test(value));
    const first = streamModules[0];
    const container = containerOf(node, { program: "nginx", file: model.file });
    const hits: Hit[] = [];
    if (container !== undefined && first !== undefined) {
      const message = `the image ${container.image} has the stream module built in and no such file`;
      hits.push({ position: first.position, path: "load_module", message, remedy: "remove the line" });
    }
    const isPackage = container === undefined && packageFile.test(model.file);
    if (isPackage && model.stream !== undefined && first === undefined && !mayInclude(model)) {
      const message = "no `load_module` for stream: with the packages of Debian and Red Hat nginx does not start";
      hits.push({ position: model.stream.position, path: "stream", message, severity: "warning" });
    }
    return [...hits, ...lateHits(model), ...streamModules.slice(1).map(twice)];
  },
};

// Elsewhere it may be a build of one's own.
const packageFile = /(?:^|\/)etc\/nginx\/nginx\.conf$/;

// Distributions load their modules in files of their own.
function mayInclude({ includes }: NginxModel): boolean {
  return includes.some(({ value }) => /modules/.test(value));
}

function twice({ position }: NginxModel["modules"][number]): Hit {
  return {
    position,
    path: "load_module",
    message: "the stream module is loaded twice: nginx does not start",
    remedy: "remove the line",
  };
}

function lateHits({ modules, firstBlock }: NginxModel): readonly Hit[] {
  if (firstBlock === undefined) return [];
  const { file, line, column } = firstBlock.position;
  return modules
    .filter(({ position }) => position.file === file)
    .filter(({ position }) => position.line > line || (position.line === line && position.column > column))
    .map(({ position }) => ({
      position,
      path: "load_module",
      message: `a module cannot be loaded behind the ${firstBlock.value} block: nginx does not start`,
      remedy: "move the line to the beginning of the file",
    }));
}
