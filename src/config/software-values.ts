import * as v from "valibot";

import { isBelow } from "./host-version.ts";
import { parseKubernetesVersion } from "./kubernetes-version.ts";
import { check, plainText } from "./values.ts";

/** A release of Kubernetes. */
export const kubernetesVersion = () =>
  v.pipe(
    plainText(),
    check(
      (text) => parseKubernetesVersion(text) !== undefined,
      "kubernetes-version",
      "is not a release of Kubernetes",
      "write a version such as v1.36.3; labels such as stable-1 need the network",
    ),
  );

/** A version as a package manager or a program tells it, such as 2.2.7 or 1:2.6.12-1+deb12u4. */
export const programVersion = () =>
  v.pipe(
    plainText(),
    check(
      (text) => /^[\w.:+~-]*$/.test(text) && isBelow(text, "0") !== undefined,
      "program-version",
      "is no version",
      "write it as the program tells it, such as 2.2.7",
    ),
  );

/** Container image reference with tag or digest. */
export const imageReference = () =>
  v.pipe(
    plainText(),
    check(
      (text) =>
        /^[a-z0-9]([a-z0-9._:-]*[a-z0-9])?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.test(
          text,
        ) && /[:@][^/]*$/.test(text),
      "image-reference",
      "is no image reference with a tag or a digest",
      "write REGISTRY/PATH:TAG or REGISTRY/PATH@sha256:DIGEST",
    ),
  );

/** Registry host with an optional path, to pull through. */
export const registry = () =>
  v.pipe(
    plainText(),
    check(
      (text) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(text),
      "registry",
      "is no registry",
      "write HOST, HOST:PORT or HOST/PATH",
    ),
  );
