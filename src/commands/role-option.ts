import { UserError } from "../errors.ts";
import type { Format } from "../formats/format.ts";
import { formats } from "../formats/index.ts";
import type { BootstrapRole } from "../plan/plan.ts";
import { limitingNode } from "./configuration.ts";
import { formatOption } from "./format-option.ts";
import type { Options } from "./options.ts";

/** The role of the machines of a group, where one document for all of them is asked for. */
export function roleOption(options: Options): BootstrapRole | undefined {
  const { role } = options;
  if (role === undefined) return undefined;
  if (role !== "init" && role !== "join") throw new UserError(`--role is init or join, not ${role}`);
  const format = formatOption(options);
  const able: readonly Format[] = Object.values(formats).filter(({ forGroups }: Format) => forGroups === true);
  if (!able.some(({ name }) => name === format))
    throw new UserError(
      `--role goes with --format ${able.map(({ name }) => name).join(" or ")}: others are made for named nodes`,
    );
  if (limitingNode(options) !== undefined)
    throw new UserError("--role makes one document for every machine of a group: leave out --node");
  return role;
}
