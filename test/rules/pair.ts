/** Two texts that differ in one word: a rule fires in one and is silent in the other. */
export interface Pair {
  readonly rule: string;
  /** Path below the tree's root, such as etc/keepalived/keepalived.conf. */
  readonly file: string;
  readonly bad: string;
  readonly good: string;
  /** Where the rule fires: line:column. */
  readonly at: string;
  /** Further files of the tree, the same for both. */
  readonly others?: readonly { readonly path: string; readonly text: string; readonly mode?: number }[];
  /** Permission bits of the file. */
  readonly mode?: number;
  /** Release of Kubernetes; v1.34.10 where nothing is said. */
  readonly kubernetesVersion?: string;
}
