import { sendFreshRequests } from "./fresh.ts";
import { keepIdleStream } from "./idle.ts";
import { keepRequesting } from "./kept.ts";
import { startRecorder } from "./recorder.ts";
import type { ProbeSettings } from "./settings.ts";
import { targetOf } from "./target.ts";
import { createWatchPlaces } from "./watch-places.ts";
import { keepWatching } from "./watch.ts";

// The probe's process: prints samples as JSON lines until its standard input ends, so that it ends with its parent.
const settings = JSON.parse(process.argv[2] ?? "") as ProbeSettings;
const target = targetOf(settings);
const recorder = startRecorder((text) => process.stdout.write(text));

process.stdin.on("end", () => process.exit()).resume();
process.stdout.on("error", () => process.exit());

sendFreshRequests(target, settings.rate, recorder);
for (let connection = 0; connection < settings.kept; connection += 1) void keepRequesting(target, recorder);
const places = createWatchPlaces();
for (let index = 0; index < settings.watches; index += 1) keepWatching({ target, index, places }, recorder);
if (settings.idle) keepIdleStream(target, recorder);
