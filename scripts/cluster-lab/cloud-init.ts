import path from "node:path";

import { cache } from "./programs.ts";
import { supervisorFolder } from "./systemctl.ts";

/** The root of a Debian with cloud-init, which scripts/debian-packages makes; on the machine itself it would act at a boot. */
export const cloudInitRoot = path.join(cache, "debian13-cloud-init");

/** Where a node has it, read only. */
export const cloudInitFolder = `${supervisorFolder}/cloud-init`;

/**
 * `boot-cloud-init` on a node: what Debian's cloud-init does at a machine's first boot with the user data on its
 * standard input, as far as that concerns files and commands. It runs in its own root, which has the node's /etc, /run
 * and systemctl.
 */
export const bootCloudInit = `#!/bin/sh
set -e
root=/mnt/cloud-init/root
mkdir -p /mnt/cloud-init
mount -t tmpfs cloud-init /mnt/cloud-init
mkdir /mnt/cloud-init/upper /mnt/cloud-init/work $root
mount -t overlay -o lowerdir=${cloudInitFolder},upperdir=/mnt/cloud-init/upper,workdir=/mnt/cloud-init/work cloud-init $root
cp /usr/bin/systemctl $root/usr/bin/systemctl
cp -r $root/etc/cloud /etc/cloud
cat >/etc/cloud/cloud.cfg.d/99-node.cfg <<'END'
datasource_list: [NoCloud]
network: {config: disabled}
cloud_init_modules: []
END
mkdir -p /var/lib/cloud/seed/nocloud
cat >/var/lib/cloud/seed/nocloud/user-data
printf 'instance-id: node\\ndsmode: local\\n' >/var/lib/cloud/seed/nocloud/meta-data
for directory in /etc /var/lib/cloud /run /proc /dev; do
  mkdir -p $root$directory
  mount --bind $directory $root$directory
done
chroot $root cloud-init init --local
for module in write_files runcmd scripts_user; do
  chroot $root cloud-init single --name $module --frequency always
done
umount -R $root
umount /mnt/cloud-init
`;
