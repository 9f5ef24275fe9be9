import type { PredictionReport, ReportFormatName } from "../report.ts";
import { predictionJson } from "./json.ts";
import { predictionMarkdown } from "./markdown.ts";
import { predictionText } from "./text.ts";

/** What is predicted of a cluster, in each format. */
export const predictionFormats: Readonly<Record<ReportFormatName, (report: PredictionReport) => string>> = {
  text: predictionText,
  json: predictionJson,
  markdown: predictionMarkdown,
};
