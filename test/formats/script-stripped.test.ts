import { expect, test } from "vitest";

import { stripped } from "../../src/formats/script/compact/strip.ts";

test("comments and empty lines go, code and the texts of here-documents stay", () => {
  const text = `#!/bin/sh
# A comment.

one() {
  # Another one.
  echo "# no comment" # at the end of a line
  cat <<'END'
# in a document

  # too
END
  two <<MORE
# here $also
MORE
  # The last.
}
`;
  expect(stripped(text)).toBe(`#!/bin/sh
one() {
  echo "# no comment" # at the end of a line
  cat <<'END'
# in a document

  # too
END
  two <<MORE
# here $also
MORE
}`);
});
