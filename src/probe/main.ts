import { sendFreshRequests } from "./fresh.ts";
import { keepIdleStream } from "./idle.ts";
import { keepRequesting } from "./kept.ts";
import { startRecorder } from "./recorder.ts";
import type { ProbeSettings } from "./settings.ts";
import { targetOf } from "./target.ts";
import { keepWatching } from "./watch.ts";

// The probe's process: prints samples as JSON lines until its standard input ends, so that it ends with its parent.
const settings = JSON.parse(process.argv[2] ?? "") as ProbeSettings;
const target = targetOf(settings);
const recorder = startRecorder((text) => process.stdout.write(text));

process.stdin.on("end", () => process.exit()).resume();
process.stdout.on("error", () => process.exit());

sendFreshRequests(target, settings.rate, recorder);
for (let connection = 0; connection < settings.kept; connection += 1) void keepRequesting(target, recorder);
for (let watch = 0; watch < settings.watches; watch += 1) keepWatching(target, watch, recorder);
if (settings.idle) keepIdleStream(target, recorder);
