import { schemaRule } from "./judged.ts";

export const SC02 = schemaRule("type", {
  id: "SC02",
  name: "wrong-type",
  severity: "error",
  summary: "A value has the type of its field, as Go's YAML reader sees it.",
  reason:
    "the API server refuses the whole object; without quotes yes and on are truth values and 0777 is a number: https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go",
  remedy: "write a value of the field's type; a text that looks like something else belongs in quotes",
});
