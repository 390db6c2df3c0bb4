#!/bin/sh
# On Debian 12, whose etcd and Patroni can lose messages (docs/operating/etcd.md): lets apt take these two, and nothing
# else, from Debian 13, by the mirror that this machine has for Debian 12. Elsewhere it does nothing. As root, after
# `apt-get update`; then `apt-get update` once more.
set -eu

. /etc/os-release
[ "${VERSION_CODENAME:-}" = bookworm ] || exit 0

mirror=$(apt-get indextargets --format '$(REPO_URI)' \
  'Created-By: Packages' 'Origin: Debian' 'Release: bookworm' 'Component: main' | sed -n 1p)
if [ -z "$mirror" ]; then
  echo 'add-trixie: apt knows no mirror of Debian 12; run apt-get update first' >&2
  exit 1
fi

cat > /etc/apt/sources.list.d/confab-trixie.sources <<END
Types: deb
URIs: $mirror
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END

cat > /etc/apt/preferences.d/confab-trixie.pref <<'END'
Package: *
Pin: release n=trixie
Pin-Priority: -1

Package: etcd-server etcd-client patroni python3-ydiff
Pin: release n=trixie
Pin-Priority: 900
END
