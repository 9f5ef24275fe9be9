/**
 * Lets V8 run code for longer before it compiles it once more for speed, until the function that this gives is called:
 * what is over within a second pays for that and hardly uses it. Of 100 manifests it was four tenths of the time; a
 * handful never comes so far, and from some thousands on it is worth its price.
 * https://v8.dev/docs/ignition
 */
export function optimizeLater(files: number): () => void {
  if (files < 10 || files > 3000) return () => {};
  // An import would load it for one file as well.
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--interrupt-budget=400000");
  return () => setFlagsFromString("--interrupt-budget=67584");
}
