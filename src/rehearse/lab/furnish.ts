/** Makes a directory one of devices: who replaces a file there does not replace this machine's. */
export function devicesIn(directory: string): string {
  return `mkdir -p ${directory}/shm
for device in null zero full random urandom tty; do
  touch "${directory}/$device"
  mount --bind "/dev/$device" "${directory}/$device"
done
ln -s /proc/self/fd ${directory}/fd
ln -s /proc/self/fd/0 ${directory}/stdin
ln -s /proc/self/fd/1 ${directory}/stdout
ln -s /proc/self/fd/2 ${directory}/stderr`;
}

/**
 * Makes a space a machine where daemons can be used as on a server: whatever they, their packages'
 * scripts or a check write goes to memory, nothing on a disk of this machine can be changed, no socket of
 * this machine's services is there. Without systemd, since it would have to be the first process:
 * systemctl calls the daemons' init scripts.
 */
export const furnish = `
findmnt --raw --noheadings --real --types nooverlay --output TARGET | while read -r disk; do
  mount -o remount,bind,ro "$disk" 2>/dev/null || true
done
mount -o remount,bind,ro / 2>/dev/null || true
mount -t sysfs sysfs /sys
mount -t tmpfs layers /mnt
for directory in usr var; do
  mkdir -p "/mnt/$directory/upper" "/mnt/$directory/work"
  mount -t overlay -o "lowerdir=/$directory,upperdir=/mnt/$directory/upper,workdir=/mnt/$directory/work" "$directory" "/$directory"
done
${devicesIn("/mnt/dev")}
mount --rbind /mnt/dev /dev
umount --lazy /mnt
for directory in home srv mnt opt; do
  if [ -d "/$directory" ]; then mount -t tmpfs -o mode=755 own "/$directory"; fi
done
for directory in tmp dev/shm; do mount -t tmpfs -o mode=1777 own "/$directory"; done
mount -t tmpfs -o mode=700 own /root
rm -f /etc/resolv.conf /etc/hosts /etc/hostname
: >/etc/resolv.conf
rm -rf /var/run /var/lock
ln -s /run /var/run
mkdir -p /run/lock /run/haproxy /var/lib/haproxy /var/log/nginx /var/lib/nginx
ln -s /run/lock /var/lock
chmod 2775 /run/haproxy
chown haproxy:haproxy /run/haproxy 2>/dev/null || true
systemctl=$(command -v systemctl || echo /usr/bin/systemctl)
rm -f "$systemctl"
cat >"$systemctl" <<'END'
#!/bin/sh
action= unit=
for word; do
  case $word in
    -*) ;;
    *) if [ -z "$action" ]; then action=$word; else unit=\${word%.service}; fi ;;
  esac
done
case $action in
  start | stop | restart | reload | try-restart | force-reload) exec service "$unit" "$action" ;;
  is-active)
    if pidof "$unit" >/dev/null; then echo active; else echo inactive; exit 3; fi ;;
  status) pidof "$unit" >/dev/null || exit 3 ;;
  is-enabled) echo enabled ;;
  *) exit 1 ;;
esac
END
chmod 755 "$systemctl"
`;
