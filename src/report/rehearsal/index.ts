import type { RehearsalReport, ReportFormatName } from "../report.ts";
import { rehearsalJson } from "./json.ts";
import { rehearsalMarkdown } from "./markdown.ts";
import { rehearsalText } from "./text.ts";

/** What a rehearsal came to, in each format. */
export const rehearsalFormats: Readonly<Record<ReportFormatName, (report: RehearsalReport) => string>> = {
  text: rehearsalText,
  json: rehearsalJson,
  markdown: rehearsalMarkdown,
};
