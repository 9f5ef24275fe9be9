import type { Keyword } from "../../model/balancer.ts";
import { containerOf, type RunningContainer } from "../container.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual } from "./hits.ts";

/** Nothing in global that a container without root cannot do. */
export const HA14: FileRule = {
  id: "HA14",
  name: "container-global",
  scope: "haproxy",
  severity: "error",
  summary: "In a container haproxy's global section asks for nothing that needs root or files of the host.",
  reason: `the official image runs as uid 99: \`chroot\`, another user or group and a socket below /run end haproxy at start, which \`haproxy -c\` does not show, and what goes to /dev/log is lost; ${manual("3.1")}`,
  remedy: "remove the line; log with `log stdout format raw local0 info`",
  check: (model, { node }) => {
    const container = containerOf(node, { program: "haproxy", file: model.file });
    return container === undefined ? [] : model.globals.keywords.flatMap((keyword) => judge(keyword, container));
  },
};

function judge({ name, arguments: words }: Keyword, container: RunningContainer): readonly Hit[] {
  const [value] = words;
  const path = `global.${name.value}`;
  const isMounted = (file: string): boolean =>
    container.mounts.some((mount) => file === mount || file.startsWith(`${mount}/`));
  switch (name.value) {
    case "log":
      if (value === undefined || !value.value.startsWith("/") || isMounted(value.value)) return [];
      return [
        {
          position: value.position,
          path,
          message: `the container has no ${value.value}, so the log is lost`,
          severity: "warning",
        },
      ];
    case "chroot":
      if (container.isRoot) return [];
      return [{ position: name.position, path, message: "only root may chroot: haproxy does not start" }];
    case "user":
    case "group":
      if (container.isRoot || value?.value === "haproxy") return [];
      return [
        { position: name.position, path, message: `only root may change the ${name.value}: haproxy does not start` },
      ];
    default: {
      const socket = name.value === "stats socket" ? value : undefined;
      if (socket === undefined || container.isRoot || !/^(?:unix@)?\/(?:var\/)?(?:run|lib)\//.test(socket.value))
        return [];
      if (isMounted(socket.value.replace(/^unix@/, ""))) return [];
      return [
        {
          position: socket.position,
          path,
          message: `${socket.value} cannot be made without root: haproxy does not start`,
        },
      ];
    }
  }
}
