# Makes a machine out of this one: its files, which it may change for itself, its processes, its name. Runs in namespaces of
# its own, whose first process it becomes. $1 name, $2 a folder for it, $3 the checkout, $4 node, $5 this folder
set -e
mount -t tmpfs -o mode=755 machine "$2"
mkdir "$2/changed" "$2/work" "$2/root"
mount -t overlay -o "lowerdir=/,upperdir=$2/changed,workdir=$2/work" machine "$2/root"
root=$2/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 machine "$root/dev/shm"
for folder in run tmp; do mount -t tmpfs machine "$root/$folder"; done
chmod 1777 "$root/tmp"
# The machine that is tested on may have any of these running or set up.
rm -rf "$root/etc/confab" "$root/opt/confab" "$root/var/lib/etcd/confab" "$root/var/lib/postgresql/15/confab"
find "$root/var/lib/redis" -mindepth 1 -delete
mkdir -p "$root/usr/src/confab" "$root/opt/confab" "$root/exchange" "$root/run/haproxy" "$root/run/postgresql"
mount --bind "$3" "$root/usr/src/confab"
mount -o remount,bind,ro "$root/usr/src/confab"
# What systemd-tmpfiles does at the start of a machine.
chown haproxy: "$root/run/haproxy"
chown postgres: "$root/run/postgresql"
hostname "$1"
echo 127.0.0.1 localhost > "$root/etc/hosts"
rm -f "$root/etc/resolv.conf"
[ -e "$root/usr/bin/node" ] || ln -s "$4" "$root/usr/bin/node"
install -m 755 "$5/systemctl.py" "$root/usr/local/bin/systemctl"
printf '#!/bin/sh\nexit 0\n' > "$root/usr/local/bin/npm"
printf '#!/bin/sh\n[ "$1" != indextargets ] || echo http://debian.example/debian/\n' > "$root/usr/local/bin/apt-get"
# scp FILE root@ADDRESS:PATH leaves the file for whoever carries it there.
printf '#!/bin/sh\nto=${2#*@}\nmkdir -p "/exchange/${to%%%%:*}$(dirname "${to#*:}")"\ncp -p "$1" "/exchange/${to%%%%:*}${to#*:}"\n' > "$root/usr/local/bin/scp"
chmod 755 "$root/usr/local/bin/"*
sysctl -qw net.ipv4.ip_unprivileged_port_start=0
# Kept by the kernel as the first process: whoever has lost their parent is its child, and it buries them.
exec chroot "$root" /usr/bin/python3 -c '
import os, signal
signal.signal(signal.SIGCHLD, lambda *_: None)
print("ready", flush=True)
while True:
    signal.pause()
    try:
        while os.waitpid(-1, os.WNOHANG)[0]: pass
    except ChildProcessError: pass
'
