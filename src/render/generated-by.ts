/** The first comment of every file, one sentence for all: what stands twice costs compressed user data nothing. */
export const generatedBy = "Made by kubeadm-ha from ha.yaml: change it there and render again.";
