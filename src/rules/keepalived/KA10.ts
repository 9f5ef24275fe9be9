import type { KeepalivedModel } from "../../model/vrrp.ts";
import type { FileRule } from "../rule.ts";

export const KA10: FileRule = {
  id: "KA10",
  name: "script-security",
  aliases: ["VRRP-SCRIPT-USER"],
  scope: "keepalived",
  severity: "warning",
  summary: "With checks, global_defs has enable_script_security and script_user.",
  reason:
    "without the first anybody who can write the script is root; with it but without a user, and no account keepalived_script, the check is removed: https://www.keepalived.org/manpage.html",
  remedy: "write enable_script_security and script_user root into global_defs",
  check: (model) => {
    const [first] = model.scripts;
    const missing = missingWords(model);
    if (first === undefined || missing.length === 0 || model.unread.length > 0) return [];
    return [
      {
        position: (model.globals.block ?? first.keyword).position,
        path: "global_defs",
        message: `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing, but ${first.name.value} is run`,
      },
    ];
  },
};

function missingWords(model: KeepalivedModel): readonly string[] {
  const { scriptSecurity, scriptUser } = model.globals;
  const everyUser = model.scripts.every(({ user }) => user !== undefined);
  return [
    ...(scriptSecurity?.value === true ? [] : ["enable_script_security"]),
    ...(scriptUser !== undefined || everyUser ? [] : ["script_user"]),
  ];
}
