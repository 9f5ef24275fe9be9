import { isRecord, pathText } from "../../config/paths.ts";
import type { Severity } from "../../findings/finding.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import { yamlPart } from "../../readers/yaml-part.ts";
import type { Complaint, Concern } from "../../schema/complaint.ts";
import { judgeObject, type ObjectJudgement } from "../../schema/object.ts";
import { tableMinors } from "../../schema/table.ts";
import type { FileRule, Hit, RuleContext, RuleText } from "../rule.ts";

/** A rule about one concern of the schemas. */
export function schemaRule(concern: Concern, text: RuleText): FileRule {
  return {
    ...text,
    scope: "kubernetes",
    check: (object, context) =>
      judged(object, context).flatMap(({ complaints }) =>
        complaints
          .filter((complaint) => complaint.concern === concern)
          .map((complaint) => hitOf(object, complaint, severityOf(concern, context))),
      ),
  };
}

/** A rule about the API versions of objects. */
export function apiVersionRule(
  text: RuleText,
  check: (judgement: ObjectJudgement, context: RuleContext) => Pick<Hit, "message" | "remedy" | "severity"> | undefined,
): FileRule {
  return {
    ...text,
    scope: "kubernetes",
    check: (object, context) =>
      judged(object, context).flatMap((judgement) => {
        const hit = check(judgement, context);
        const place = [...judgement.path, "apiVersion"];
        return hit === undefined ? [] : [{ position: object.locate(place), path: pathText(place), ...hit }];
      }),
  };
}

const known = new WeakMap<YamlObject, readonly ObjectJudgement[]>();

// Each rule asks; a run has one release.
function judged(object: YamlObject, { kubernetesMinor, customSchemas }: RuleContext): readonly ObjectJudgement[] {
  const found = known.get(object) ?? judgeObject(object.value, { minor: kubernetesMinor, custom: customSchemas });
  known.set(object, found);
  return found;
}

function hitOf(object: YamlObject, { path, message, remedy, concern }: Complaint, severity: Severity | undefined): Hit {
  const part = yamlPart(object, path);
  const atKey = concern === "unknown-field" || isRecord(part.value) || Array.isArray(part.value);
  return {
    position: atKey ? part.keyPosition() : part.position(),
    path: part.path,
    message,
    remedy,
    ...(severity && { severity }),
  };
}

// A release without a table of its own is judged by its neighbour's: it may have fields that we do not know.
function severityOf(concern: Concern, { kubernetesMinor }: RuleContext): Severity | undefined {
  return concern === "unknown-field" && !tableMinors.includes(kubernetesMinor) ? "warning" : undefined;
}
