// Makes what `scripts/bench validate` compares on: DIR/1 to DIR/100000 and DIR/kinds with manifests, DIR/schemas with
// their schemas where kubeconform looks for them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { seeded } from "../test/support/random.ts";
import { valueOf } from "../test/support/schema-objects.ts";
import { builtInKinds, openapiDefinitions, standaloneStrict, writeSchema } from "../test/support/upstream-schemas.ts";
import { toYaml } from "../src/yaml/write.ts";
import { isFaultless } from "../src/schema/object.ts";

const [directory = "", version = "v1.36.3"] = process.argv.slice(2);
const random = seeded(36);
const definitions = openapiDefinitions(version);
const kinds = builtInKinds(definitions);
const schemas = join(directory, "schemas");

for (const count of [1, 100, 1000, 10_000, 100_000]) {
  const folder = join(directory, String(count));
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index++) writeFileSync(join(folder, `${index}.yaml`), workload(index));
}
for (const kind of kinds.filter((candidate) => ["Pod", "Deployment", "Service"].includes(candidate.kind)))
  writeSchema(schemas, { version, kind, schema: standaloneStrict(definitions, kind.definition) });

// One or two of each of 60 kinds, generated from their schemas; of those that kubeconform and we both accept.
const folder = join(directory, "kinds");
mkdirSync(folder, { recursive: true });
let written = 0;
let used = 0;
for (const kind of kinds) {
  if (used === 60) break;
  const schema = standaloneStrict(definitions, kind.definition);
  const good: unknown[] = [];
  for (let attempt = 0; attempt < 60 && good.length < (used < 40 ? 2 : 1); attempt++) {
    const value = { ...(valueOf(schema, random, 4) as object), apiVersion: kind.apiVersion, kind: kind.kind };
    if (isFaultless(value, { minor: Number(version.split(".")[1]) })) good.push(value);
  }
  if (good.length === 0) continue;
  used++;
  writeSchema(schemas, { version, kind, schema });
  for (const value of good) writeFileSync(join(folder, `${written++}.yaml`), toYaml(value));
}
console.error(`${written} files of ${used} kinds`);

function workload(index: number): string {
  const name = `app-${index}`;
  const image = `registry.example.com/team-${random.below(17)}/app:1.${random.below(29)}.${random.below(7)}`;
  const metadata = `metadata:\n  name: ${name}\n  namespace: team-${random.below(17)}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: shop\n`;
  return (index === 0 ? pod : random.pick([pod, pod, deployment, service] as const))({ name, image, metadata });
}

interface App {
  readonly name: string;
  readonly image: string;
  readonly metadata: string;
}

function pod({ name, image, metadata }: App): string {
  return `apiVersion: v1\nkind: Pod\n${metadata}spec:\n${podSpec({ name, image })}`;
}

function deployment({ name, image, metadata }: App): string {
  const labels = `matchLabels:\n      app.kubernetes.io/name: ${name}\n`;
  const template = `  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: ${name}\n    spec:\n`;
  const spec = podSpec({ name, image }).replaceAll(/^/gm, "    ").trimEnd();
  return `apiVersion: apps/v1\nkind: Deployment\n${metadata}spec:\n  replicas: ${1 + random.below(5)}\n  selector:\n    ${labels}${template}${spec}\n`;
}

function service({ name, metadata }: App): string {
  return `# How others reach ${name}.\napiVersion: v1\nkind: Service\n${metadata}spec:\n  type: ClusterIP\n  selector:\n    app.kubernetes.io/name: ${name}\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n      protocol: TCP\n`;
}

function podSpec({ name, image }: Pick<App, "name" | "image">): string {
  return `  containers:
    - name: ${name}
      image: ${image}
      imagePullPolicy: IfNotPresent
      args: ["--listen", ":8080", "--verbose"]
      ports:
        - name: http
          containerPort: 8080
      env:
        - name: LOG_LEVEL
          value: "${random.below(5)}"
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
      resources:
        requests:
          cpu: ${50 + random.below(200)}m
          memory: 64Mi
        limits:
          memory: 128Mi
      livenessProbe:
        httpGet:
          path: /healthz
          port: 8080
        periodSeconds: 10
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: config
          mountPath: /etc/app
          readOnly: true
  volumes:
    - name: config
      configMap:
        name: ${name}
`;
}
