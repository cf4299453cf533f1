#!/bin/sh
# Install the Debian package in a clean Debian 12, do the main job there as somebody who is not root, and take it out.
#
# usage: debian_check.sh PACKAGE.deb (make package CHECK=debian). Needs root, debootstrap, lintian and a Debian mirror;
# 6 GB in build/debian-root while it runs. SUITE=trixie takes another Debian, ROOT_FOLDER=... another place,
# KEEP=1 leaves the root as it is, for another try.
set -eu
cd "$(dirname "$0")/.."

package=$(realpath "$1")
suite=${SUITE:-bookworm}
root=${ROOT_FOLDER:-build/debian-root}

if [ "$(id -u)" != 0 ]; then
    echo "debian_check: a clean root is made by root alone: sudo make package CHECK=debian" >&2
    exit 1
fi
for program in debootstrap unshare; do
    command -v $program >/dev/null || { echo "debian_check: apt-get install -y $program, then again" >&2; exit 1; }
done

if [ ! -e "$root/etc/debian_version" ]; then
    echo "Making a clean $suite in $root."
    debootstrap --variant=minbase "$suite" "$root" >/dev/null
fi
root=$(realpath "$root")

# /proc for this command alone: it is gone with its mounts, whatever happens.
inside() {
    unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc" && shift && exec chroot "$@"' - \
        "$root" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        ${http_proxy:+http_proxy="$http_proxy"} "$@"
}
files() {
    inside find / -xdev ! -type d ! -path '/proc/*' ! -path '/var/cache/*' ! -path '/var/log/*' ! -path '/tmp/*' \
        ! -path '/var/lib/apt/*' ! -path '/var/lib/dpkg/*' ! -path '/srv/*' | sort
}

cp /etc/resolv.conf "$root/etc/resolv.conf"
inside apt-get -qq update
# What a desktop has: its menus, its types of files, its checks.
inside apt-get -qq install -y --no-install-recommends desktop-file-utils shared-mime-info man-db >/dev/null
inside sh -c 'id tester >/dev/null 2>&1 || useradd --no-create-home tester'
inside install -d -o tester -g tester /srv/tester
files >"$root/tmp/before"

cp "$package" "$root/tmp/innervoice.deb"
echo "Installing it, with what it asks for."
began=$(date +%s)
inside apt-get -qq install -y --no-install-recommends /tmp/innervoice.deb >/dev/null
rm "$root/tmp/innervoice.deb"
echo "Installed in $(($(date +%s) - began)) s; $(du -sh "$root/usr/lib/innervoice" | cut -f1) in /usr/lib/innervoice."

echo "What a desktop sees of it:"
inside desktop-file-validate /usr/share/applications/innervoice.desktop
inside grep innervoice /usr/share/applications/mimeinfo.cache
inside grep innervoice /usr/share/mime/globs2
inside sh -c 'man --warnings innervoice 2>&1 >/dev/null | (! grep .)'

# Wheels' own folders of libraries are found by who loads them; GTK's theme is taken where GTK is.
# shellcheck disable=SC2016
missing=$(inside sh -c 'find /usr/lib/innervoice -name "*.so*" -type f | grep -v -e "\.libs/" -e libqgtk3 | while read -r one; do
    ldd "$one" 2>/dev/null | grep "not found" | sed "s|^|$one: |"; done | sort')
if [ -n "$missing" ]; then
    echo "debian_check: libraries that are not found:" >&2
    echo "$missing" >&2
    exit 1
fi

cp packaging/main_job.sh resources/tunes/twinkle.mid "$root/tmp/"
inside setpriv --reuid tester --regid tester --clear-groups env HOME=/srv/tester \
    sh /tmp/main_job.sh innervoice /tmp/twinkle.mid /srv/tester/job
test -s "$root/srv/tester/job/tour/decoded.wav"

echo "Taking it out."
inside apt-get -qq purge -y innervoice >/dev/null
inside apt-get -qq autoremove --purge -y >/dev/null
files >"$root/tmp/after"
if [ -e "$root/usr/lib/innervoice" ] || grep -i innervoice "$root/tmp/after"; then
    echo "debian_check: something of it stays after it was taken out" >&2
    exit 1
fi
echo "New files that stay, of caches and of other packages:"
comm -13 "$root/tmp/before" "$root/tmp/after"
[ -n "${KEEP:-}" ] || rm -rf "$root"
if command -v lintian >/dev/null; then
    echo "lintian:"
    lintian --info --fail-on error,warning "$package"
else
    echo "lintian is not installed, so the package was not read by it (apt-get install -y lintian)."
fi

echo "The Debian package installs, does the main job and leaves nothing behind."
