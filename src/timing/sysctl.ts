import type { NodePicture } from "../model/picture.ts";
import type { InputFile } from "../readers/read-tree.ts";

/**
 * What the sysctl files of a machine set, by name with dots: of files of one name that in /etc counts, and of all the
 * last one in the order of their names. https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html
 */
export function sysctlsOf({ paths }: NodePicture, inputs: ReadonlyMap<string, InputFile>): ReadonlyMap<string, string> {
  const found = [...paths].flatMap(([path, { file }]) => {
    const [, directory = "", name] = sysctlFile.exec(path) ?? [];
    const text = inputs.get(file)?.text;
    return name === undefined || text === undefined ? [] : [{ directory, name, text }];
  });
  const chosen = new Map(
    found
      .toSorted((a, b) => rankOf(b.directory) - rankOf(a.directory))
      // Debian reads sysctl.conf under the name 99-sysctl.conf.
      .map(({ name, text }) => [name === "sysctl.conf" ? "99-sysctl.conf" : name, text] as const),
  );
  const inOrder = [...chosen].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(inOrder.flatMap(([, text]) => settingsIn(text)));
}

const sysctlFile = /^(.*?)\/?(?:sysctl\.d\/)?((?<=sysctl\.d\/)[^/]+\.conf|sysctl\.conf)$/;

// The later one stands.
function rankOf(directory: string): number {
  if (/^\/(?:usr\/)?lib$/.test(directory)) return 3;
  if (directory === "/usr/local/lib") return 2;
  return directory === "/run" ? 1 : 0;
}

function settingsIn(text: string): readonly (readonly [name: string, value: string])[] {
  return text.split("\n").flatMap((line) => {
    const [, name, value] = /^\s*-?\s*([\w./*-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.replaceAll("/", "."), value] as const];
  });
}
