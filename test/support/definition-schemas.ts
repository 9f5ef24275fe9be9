import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { pythonTool } from "../system/support/programs.ts";
import { goModule } from "./packages.ts";

/** Where the schemas of `writeDefinitionSchemas` are below their directory, as kubeconform's users write it. */
export const definitionTemplate = "{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json";

/** Makes JSON Schemas of files with CustomResourceDefinitions by kubeconform's own script; gives how many. */
export function writeDefinitionSchemas(directory: string, files: readonly string[]): number {
  const script = join(goModule("github.com/yannh/kubeconform@v0.7.0"), "scripts/openapi2jsonschema.py");
  mkdirSync(directory, { recursive: true });
  const out = execFileSync(pythonTool("python3"), [script, ...files], {
    cwd: directory,
    env: { FILENAME_FORMAT: "{fullgroup}_{kind}_{version}", DENY_ROOT_ADDITIONAL_PROPERTIES: "1" },
    encoding: "utf8",
  });
  return out.trim().split("\n").length;
}
