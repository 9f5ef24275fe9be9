import type { Rule } from "../../config/rule.ts";
import { complaints } from "./complaints.ts";

/** Everywhere the document must have the shape that kubeadm reads. */
export const documentShape: Rule = {
  id: "kubeadm-document-shape",
  summary:
    "maps, lists, texts and numbers stand where kubeadm expects them; arguments have the form of their apiVersion",
  reason:
    "kubeadm drops or refuses the document; arguments are a map in v1beta3 and a list of {name, value} in v1beta4",
  check: (spec) => complaints(spec, "type"),
};
