/** Seconds of the machine's monotonic clock, the same in every process of the machine. */
export function machineSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
