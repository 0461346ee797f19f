#!/bin/sh
# Installs packages of the image's operating system with the package manager that the image has.
#
# usage: sh os-packages.sh [--ca=FILE] [--] [PACKAGE...]
#                          [--apt-get PACKAGE...] [--dnf PACKAGE...] [--microdnf PACKAGE...]
#                          [--yum PACKAGE...] [--apk PACKAGE...]
#
# (--root=DIR, for tests, is where the caches are that are emptied afterwards.)
# PACKAGEs in front of the first list are for any manager; a list is for one, and is preferred. dnf,
# microdnf and yum take each other's list where their own is missing. An empty list means: nothing
# is needed there. Behind `--` no word is an option. No package may begin with a dash.
# Exit: 0 done; 2 wrong command line; 3 with a line that says why; else the manager's own code.
set -u
set -f # a `*` in a package's name is for the manager
export LC_ALL=C # the managers' messages are read below
newline='
'

complain() {
  printf 'pkgr: packages: %s\n' "$1" >&2
  exit "${2:-3}"
}

# The lists are separated by blanks, which no name may hold.
any='' apt_get='' dnf='' microdnf='' yum='' apk='' given='' list=any ca='' root=''

add() {
  case $1 in
    '') complain 'the name of a package is empty' ;;
    -*) complain "$(printable "$1"): no package begins with a dash" ;;
    *[[:space:][:cntrl:]]*) complain "$(printable "$1"): the name of a package has no blank in it" ;;
  esac
  case $list in
    any) any="$any $1" ;;
    apt-get) apt_get="$apt_get $1" ;;
    dnf) dnf="$dnf $1" ;;
    microdnf) microdnf="$microdnf $1" ;;
    yum) yum="$yum $1" ;;
    apk) apk="$apk $1" ;;
  esac
  give
}

give() {
  case " $given " in *" $list "*) ;; *) given="${given:+$given }$list" ;; esac
}

# A name on one line, for a message.
printable() {
  printf '%s' "$1" | tr '[:cntrl:]' '?'
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --) shift; break ;;
      --ca=*) ca=${1#--ca=} ;;
      --ca) [ $# -gt 1 ] || complain '--ca needs a file' 2; ca=$2; shift ;;
      --root=*) root=${1#--root=} ;;
      --apt-get | --dnf | --microdnf | --yum | --apk) list=${1#--}; give ;;
      --*) complain "$(printable "$1"): no such option (--ca, --apt-get, --dnf, --microdnf, --yum, --apk)" 2 ;;
      *) add "$1" ;;
    esac
    shift
  done
  for word in "$@"; do add "$word"; done
  [ -n "$given" ] || complain 'name at least one package' 2
}

find_manager() {
  for manager in apt-get dnf microdnf yum apk; do
    command -v "$manager" >/dev/null 2>&1 && return
  done
  complain 'the image has no package manager pkgr knows (apt-get, dnf, microdnf, yum, apk)'
}

# Sets `names` to the packages for the manager that was found.
choose_list() {
  case $manager in
    dnf) order='dnf microdnf yum any' ;;
    microdnf) order='microdnf dnf yum any' ;;
    yum) order='yum dnf microdnf any' ;;
    *) order="$manager any" ;;
  esac
  for list in $order; do
    case " $given " in *" $list "*) ;; *) continue ;; esac
    case $list in
      any) names=$any ;;
      apt-get) names=$apt_get ;;
      dnf) names=$dnf ;;
      microdnf) names=$microdnf ;;
      yum) names=$yum ;;
      apk) names=$apk ;;
    esac
    return
  done
  complain "the image has $manager, but packages are given only for: $given"
}

# Runs a manager and keeps a copy of what it says, which goes to stdout in its order.
heard() {
  { "$@" 2>&1; echo $? >"$notes/status"; } | tee "$notes/log"
  return "$(cat "$notes/status")"
}

install_packages() {
  case $manager in
    apt-get)
      export DEBIAN_FRONTEND=noninteractive
      set -- -o Acquire::Retries=3 -o Dpkg::Use-Pty=0
      [ -z "$ca" ] || set -- "$@" -o "Acquire::https::CAInfo=$ca"
      for name in $names; do
        # apt-get takes `name-` as an order to remove it.
        case $name in *-) complain "$name: no package of apt-get ends with a dash" ;; esac
      done
      heard apt-get "$@" update || return
      heard apt-get "$@" install -y --no-install-recommends -- $names
      ;;
    dnf)
      heard dnf install -y --setopt=install_weak_deps=False ${ca:+"--setopt=sslcacert=$ca"} $names
      ;;
    microdnf)
      heard microdnf install -y --setopt=install_weak_deps=0 $names
      ;;
    yum)
      heard yum install -y ${ca:+"--setopt=sslcacert=$ca"} $names
      ;;
    apk)
      heard apk add --no-cache --no-progress -- $names
      ;;
  esac
}

clean() {
  case $manager in
    apt-get) apt-get clean; empty "$root/var/lib/apt/lists" ;;
    dnf | microdnf | yum) "$manager" clean all >/dev/null; empty "$root/var/cache/dnf"; empty "$root/var/cache/yum" ;;
    apk) empty "$root/var/cache/apk" ;;
  esac
}

# What the folder holds is removed but not the folder, which may be a mount.
empty() {
  set +f
  rm -rf "$1"/*
  set -f
}

# Prints the names that the manager said it does not know, one a line.
not_found() {
  known_missing=''
  while IFS= read -r line; do
    case $line in
      'E: Unable to locate package '*) name=${line#E: Unable to locate package } ;;
      "E: Package '"*"' has no installation candidate") name=${line#E: Package \'} name=${name%%\'*} ;;
      "E: Couldn't find any package by "*"'"*"'") name=${line%\'} name=${name##*\'} ;;
      'E: Version '*" for '"*"' was not found") name=${line#*" for '"} name=${name%%\'*} ;;
      'No match for argument: '*) name=${line#No match for argument: } ;;
      *"No package matches '"*"'"*) name=${line#*"No package matches '"} name=${name%%\'*} ;;
      'No package '*' available.') name=${line#No package } name=${name% available.} ;;
      '  '*' (no such package):' | '  '*' (missing):') name=${line#  } name=${name%% (*} ;;
      *) continue ;;
    esac
    case "$newline$known_missing" in *"$newline$name$newline"*) continue ;; esac
    known_missing="$known_missing$name$newline"
  done <"$notes/log"
  printf '%s' "$known_missing"
}

read_arguments "$@"
find_manager
choose_list
[ -n "$names" ] || exit 0
if [ -n "$ca" ] && [ -f "$ca" ]; then
  export SSL_CERT_FILE="$ca" CURL_CA_BUNDLE="$ca" SSL_CA_CERT_FILE="$ca"
else
  ca='' # a secret, which a build may go without
fi

notes=$(mktemp -d "${TMPDIR:-/tmp}/pkgr-packages.XXXXXX") || exit 1
trap 'rm -rf "$notes"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
status=0
install_packages || status=$?
missing=$(not_found)
if [ -n "$missing" ]; then
  # yum exits 0 if it found at least one of the packages.
  printf '%s\n' "$missing" | while IFS= read -r name; do
    printf 'pkgr: packages: %s: not found by %s\n' "$name" "$manager" >&2
  done
  exit 3
fi
[ "$status" -eq 0 ] || exit "$status"
clean
