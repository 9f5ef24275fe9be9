/** Where the watches of one probe begin. */
export interface WatchPlaces {
  /** Whether a watch stays with the API server that answered it, or tries for another one. */
  take(member: string): boolean;
}

/**
 * Gives each watch an API server of its own: a fault that hits a server without a watch would say nothing
 * about watches. Gives up where a balancer, or none, leads all to the same.
 */
export function createWatchPlaces(): WatchPlaces {
  const taken = new Set<string>();
  let refused = 0;
  return {
    take(member) {
      const stays = !taken.has(member) || refused >= mostRefused;
      if (stays) taken.add(member);
      else refused += 1;
      return stays;
    },
  };
}

// Each takes milliseconds, and where servers take turns every third or fifth is the one.
const mostRefused = 30;
