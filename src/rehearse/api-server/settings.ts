/** What one stub of kube-apiserver does; the process takes it as JSON in its first argument. */
export interface ApiServerSettings {
  /** Sent as `x-member` with every answer. */
  readonly name: string;
  readonly port: number;
  /** Paths of PEM files. */
  readonly certificate: string;
  readonly key: string;
  /** Seconds it goes on after SIGTERM, as kube-apiserver's `--shutdown-delay-duration`. */
  readonly shutdownDelay: number;
}
