import type { ReportFormat, ReportFormatName } from "../report.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

/** Every way to tell findings. */
export const reportFormats: Readonly<Record<ReportFormatName, ReportFormat>> = {
  text: textReport,
  json: jsonReport,
  junit: junitReport,
  sarif: sarifReport,
  github: githubReport,
};
