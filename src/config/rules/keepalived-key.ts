import { compareReleases, readImage, releaseOf } from "../image.ts";
import type { Rule } from "../rule.ts";
import { runsOnHosts } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** The directory of keepalived's files, which its pod sees. */
const seenByPod = "/etc/kubeadm-ha/keepalived/";

/** What signs adverts is there where keepalived looks for it. */
export const keepalivedKey: Rule = {
  id: "keepalived-key",
  summary: "keepalived.hmacKeyFile is for keepalived 2.4.0 and later, and lies where its pod can see it.",
  reason:
    "auth_hmac came with 2.4.0 (https://www.keepalived.org/release-notes/Release-2.4.0.html); an older keepalived leaves it out and its adverts are not signed, so those with the key do not hear it: two holders",
  check: (spec) => {
    const { hmacKeyFile } = spec.keepalived;
    if (hmacKeyFile === undefined || spec.virtualIP.provider !== "keepalived" || runsOnHosts(spec)) return [];
    const release = releaseOf(readImage(spec.images.keepalived).tag);
    return [
      ...refuseIf(!hmacKeyFile.startsWith(seenByPod), "keepalived.hmacKeyFile", [
        `${hmacKeyFile} is not in the pod, which sees ${seenByPod} only`,
        `put the file there, such as ${seenByPod}vrrp.key`,
      ]),
      ...refuseIf(release !== undefined && compareReleases(release, [2, 4, 0]) < 0, "keepalived.hmacKeyFile", [
        `keepalived ${release?.join(".")} of images.keepalived does not know auth_hmac`,
        "use an image of keepalived 2.4.0 or later, or remove the key",
      ]),
    ];
  },
};
