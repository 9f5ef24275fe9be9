/** An image of one's own for keepalived, from Debian's packages: nobody publishes one that many people keep. */
export const keepalivedContainerfile = `# keepalived for the static pod of kubeadm-ha, from Debian's own packages.
# Build it, push it to your registry, and name it in ha.yaml: images.keepalived
FROM docker.io/library/debian:trixie-slim
# netcat and coreutils for the check of the load balancer, curl for the check of the API server.
RUN apt-get update \\
 && apt-get install --yes --no-install-recommends keepalived netcat-openbsd curl \\
 && rm -rf /var/lib/apt/lists/*
ENTRYPOINT []
CMD ["keepalived", "--dont-fork", "--log-console", "--vrrp"]
`;
