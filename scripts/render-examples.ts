// Renders every manifests/NAME/ha.yaml to manifests/NAME/v1.MINOR: documentation and golden files at once.
import { join } from "node:path";

import { writeOutputDirectory } from "../src/host/output-directory.ts";
import { exampleFiles, exampleNames, treeName, versionsOf } from "./examples.ts";

for (const name of exampleNames(".")) {
  const directory = join("manifests", name);
  for (const version of versionsOf(name)) {
    const { written, removed } = writeOutputDirectory(
      join(directory, treeName(version)),
      exampleFiles(directory, version),
    );
    if (written + removed > 0)
      console.error(`${directory}/${treeName(version)}: ${written} written, ${removed} removed`);
  }
}
