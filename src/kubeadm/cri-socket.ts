/** How a container runtime's socket is written: a unix URL, a path that kubeadm completes with a warning, or neither. */
export function socketForm(text: string): "url" | "path" | "other" {
  if (text.startsWith("unix:///")) return "url";
  return text.startsWith("/") ? "path" : "other";
}

/** A socket as it should be written. */
export const socketRemedy = "write unix:///run/containerd/containerd.sock or your runtime's socket";
