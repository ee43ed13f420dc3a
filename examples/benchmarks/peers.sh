#!/bin/sh
# Fetches the servers that Portolan is compared with, and unpacks them into a folder, without installing anything: their packages conflict with each other.
# For Debian 12 and its relatives. Usage: peers.sh FOLDER; then: run.sh --natives FOLDER
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)

# The servers, and the libraries of theirs that a plain system lacks.
packages="vsftpd proftpd-core proftpd-mod-crypto pure-ftpd pure-ftpd-common
    libwrap0 libhiredis0.14 libmemcached11 libmemcachedutil2 libhashkit2 libpcre2-posix3 libpcre2-8-0 libnsl2 libtirpc3 libcap2 libattr1"

mkdir -p "$folder/packages"
cd "$folder/packages"
# shellcheck disable=SC2086 # a list of words
apt-get -qq download $packages
for package in *.deb; do
    dpkg -x "$package" "$folder"
done

# vsftpd wants an empty folder that nobody can write to.
mkdir -p "$folder/empty"
chmod 555 "$folder/empty"

libraries=$(find "$folder/lib" "$folder/usr/lib" -name '*.so.*' -exec dirname {} + 2>/dev/null | sort -u | paste -sd: -)
for program in vsftpd proftpd pure-ftpd; do
    if LD_LIBRARY_PATH=$libraries ldd "$folder/usr/sbin/$program" | grep 'not found'; then
        echo "$program: these libraries are missing" >&2
        exit 1
    fi
    echo "$folder/usr/sbin/$program"
done
