import type { Pair } from "../pair.ts";

const file = "deploy/web.yaml";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      restartPolicy: Always
      containers:
        - name: web
          image: registry.example.com/web:1
          env:
            - name: DEBUG
              value: "no"
          resources:
            limits: {memory: 128Mi}
`;

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
`;

const flow = `apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata:
  name: web
spec:
  priorityLevelConfiguration: {name: web}
`;

const map = `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
`;

function instead(text: string, good: string, bad: string): Pick<Pair, "bad" | "good"> {
  return { good: text, bad: text.replace(good, bad) };
}

export const pairs: readonly Pair[] = [
  { rule: "SC01", file, at: "6:3", ...instead(deployment, "replicas:", "replica:") },
  { rule: "SC01", file, at: "17:11", ...instead(deployment, "env:", "environment:") },
  { rule: "SC02", file, at: "6:13", ...instead(deployment, "3", '"3"') },
  { rule: "SC02", file, at: "19:22", ...instead(deployment, '"no"', "no") },
  { rule: "SC03", file, at: "15:11", ...instead(deployment, "- name:", "- workingDir:") },
  { rule: "SC04", file, at: "13:22", ...instead(deployment, "Always", "always") },
  { rule: "SC04", file, at: "21:30", ...instead(deployment, "128Mi", "128MB") },
  { rule: "SC05", file, at: "1:13", ...instead(budget, "policy/v1", "policy/v1beta1") },
  { rule: "SC05", file, at: "1:13", ...instead(deployment, "kind: Deployment", "kind: Deploymnt") },
  { rule: "SC06", file, at: "1:13", kubernetesVersion: "v1.31.0", ...instead(flow, "/v1", "/v1beta3") },
  { rule: "SC07", file, at: "1:13", ...instead(map, "v1", "example.com/v1") },
];
