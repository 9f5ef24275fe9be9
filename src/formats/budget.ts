/** Something that is handed to a machine or an API as one text, and what it consists of. */
export interface BudgetItem {
  readonly name: string;
  readonly text: string;
  readonly parts: readonly { readonly path: string; readonly text: string }[];
}

/**
 * How much of each place's limit the documents take, for people: bytes as they are and by gzip. What does
 * not fit is said, not refused: where a document goes is not known here.
 */
export function budgetReport(
  items: readonly BudgetItem[],
  compress: (text: string) => Uint8Array,
  compressed: CompressedForm | null = gzipped,
): readonly string[] {
  const measure = (name: string, text: string): Measured => ({
    name,
    raw: Buffer.byteLength(text),
    packed: compress(text).length,
  });
  const documents = items.map(({ name, text }) => measure(name, text));
  // Of many documents the parts are much the same: those of the largest tell where the bytes are.
  const most = Math.max(...documents.map(({ packed }) => packed));
  const largest = documents.findIndex(({ packed }) => packed === most);
  const parts = (items[largest]?.parts ?? []).map(({ path, text }) => measure(`  ${path}`, text));
  return [
    ...table(documents.flatMap((document, index) => (index === largest ? [document, ...parts] : [document]))),
    ...limits.map((limit) => verdict(limit, documents, compressed)),
  ];
}

/** How a machine takes a compressed document; null where it takes none. */
export interface CompressedForm {
  /** What people do for it. */
  readonly how: string;
  /** Bytes of the document, from those of its gzip. */
  size(bytes: number): number;
}

const gzipped: CompressedForm = { how: "gzip -9n", size: (bytes) => bytes };

interface Measured {
  readonly name: string;
  readonly raw: number;
  readonly packed: number;
}

/** A place for user data. */
interface Limit {
  readonly place: string;
  readonly bytes: number;
  /** Whether the limit counts the base64 of the bytes. */
  readonly encoded: boolean;
  readonly otherwise: string;
}

const limits: readonly Limit[] = [
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
  { place: "EC2", bytes: 16_384, encoded: false, otherwise: "put the files into the image" },
  // https://docs.openstack.org/api-ref/compute/#create-server (user_data)
  { place: "OpenStack", bytes: 65_535, encoded: true, otherwise: "put the files into the image" },
  // https://docs.cloudstack.apache.org/en/latest/adminguide/virtual_machines/user-data.html
  { place: "CloudStack", bytes: 32_768, encoded: true, otherwise: "raise vm.userdata.max.length" },
  // https://kubevirt.io/user-guide/user_workloads/startup_scripts/
  { place: "KubeVirt inline", bytes: 2048, encoded: false, otherwise: "put it into a Secret (secretRef)" },
];

function verdict(
  { place, bytes, encoded, otherwise }: Limit,
  documents: readonly Measured[],
  compressed: CompressedForm | null,
): string {
  const isOver = (count: number): boolean => (encoded ? Math.ceil(count / 3) * 4 : count) > bytes;
  const over = documents.filter(({ raw }) => isOver(raw));
  const names = over
    .filter(({ packed }) => compressed === null || isOver(compressed.size(packed)))
    .map(({ name }) => name.trim());
  const answer =
    names.length > 0
      ? `too much${names.length < documents.length ? ` (${names.join(", ")})` : ""}: ${otherwise}`
      : over.length > 0
        ? `fits compressed: ${compressed?.how}`
        : "fits";
  return `${place}, ${bytes.toLocaleString("en-US")} bytes${encoded ? " of base64" : ""}: ${answer}`;
}

function table(rows: readonly Measured[]): readonly string[] {
  const digits = (count: number): string => count.toLocaleString("en-US");
  const width = Math.max(...rows.map(({ name }) => name.length), 0);
  const line = (name: string, raw: string, packed: string): string =>
    `${name.padEnd(width)} ${raw.padStart(8)} ${packed.padStart(8)}`;
  return [line("", "bytes", "gzip"), ...rows.map(({ name, raw, packed }) => line(name, digits(raw), digits(packed)))];
}
