/** What has to be stopped in the end, the last first. */
export interface Parts {
  keep<T extends { stop(): Promise<void> }>(part: T): T;
  stop(): Promise<void>;
}

/** An empty list of them. */
export function createParts(): Parts {
  const parts: { stop(): Promise<void> }[] = [];
  return {
    keep: (part) => {
      parts.unshift(part);
      return part;
    },
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}
