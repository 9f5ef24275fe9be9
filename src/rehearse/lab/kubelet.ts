/** A container's restarts as the kubelet counts them. */
export interface BackOff {
  /** Seconds that it waits, once a container has ended that ran for so many seconds; each call is one restart. */
  next(ranSeconds: number): number;
  /** The container is a new one. */
  reset(): void;
}

/**
 * At once the first time, then after 10 s, doubled each time, 5 min at most; forgotten when a container has run for
 * 10 min. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
export function kubeletBackOff(): BackOff {
  let restarts = 0;
  return {
    next: (ranSeconds) => {
      if (ranSeconds >= forgottenAfter) restarts = 0;
      restarts += 1;
      return restarts === 1 ? 0 : Math.min(10 * 2 ** (restarts - 2), longest);
    },
    reset: () => void (restarts = 0),
  };
}

const longest = 300;
const forgottenAfter = 600;
