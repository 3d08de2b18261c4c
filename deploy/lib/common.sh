# What the scripts of this folder share. Source it; it needs bash and sets ROOT to the package's folder.

export LC_ALL=C.UTF-8
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Colour only for people: never into a file, never against their wish.
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' PLAIN=$'\e[0m' IS_TERMINAL=1
else
    BOLD='' DIM='' GREEN='' RED='' PLAIN='' IS_TERMINAL=0
fi

# A headline.
title() { printf '\n%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }

# step NAME TEXT: one line of a story.
step() { printf '  %-11s %s\n' "$1" "$2"; }

# Shows a line that the next one replaces; nothing without a terminal.
passing() { if ((IS_TERMINAL)); then printf '\r  %s\e[K' "$1"; fi; }

# Takes such a line away.
passed() { if ((IS_TERMINAL)); then printf '\r\e[K'; fi; }

# Ends with a sentence on standard error.
die() {
    printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2
    exit 1
}

# 1234567 as 1,234,567.
grouped() {
    local text=$1
    while [[ $text =~ ^(-?[0-9]+)([0-9]{3}.*)$ ]]; do text="${BASH_REMATCH[1]},${BASH_REMATCH[2]}"; done
    printf '%s' "$text"
}

# Milliseconds of a clock that only counts.
milliseconds() { printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

# since MILLISECONDS: the time since then, as 85 ms, 1.2 s or 3 min 20 s.
since() {
    local spent=$(($(milliseconds) - $1))
    if ((spent < 1000)); then
        printf '%d ms' "$spent"
    elif ((spent < 60000)); then
        printf '%d.%d s' $((spent / 1000)) $((spent % 1000 / 100))
    else
        printf '%d min %d s' $((spent / 60000)) $((spent % 60000 / 1000))
    fi
}

# need PACKAGE CHECK…: the Debian package is wanted unless the command CHECK succeeds.
MISSING=()
need() {
    local package=$1
    shift
    if ! "$@" >/dev/null 2>&1; then MISSING+=("$package"); fi
}

# Installs what `need` found missing.
install_missing() {
    command -v swift >/dev/null || die "Swift is missing. Install Swift 6.3 from https://www.swift.org/install/linux/."
    if ((${#MISSING[@]} == 0)); then
        step tools "everything is installed"
        return
    fi
    local -a as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "Missing: ${MISSING[*]}. Install them as root: apt-get install ${MISSING[*]}"
        as_root=(sudo)
    fi
    step tools "installing ${MISSING[*]} with apt-get"
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${MISSING[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "apt-get could not install ${MISSING[*]}."
    fi
    rm -f "$log"
    MISSING=()
}

# What every build needs.
need_to_build() {
    need pkg-config command -v pkg-config
    need liblmdb-dev test -e /usr/include/lmdb.h
    need zlib1g-dev test -e /usr/include/zlib.h
    need zstd command -v zstd
}

# build NAME ARGUMENT…: `swift build` with the arguments; one line that moves instead of hundreds.
build() {
    local name=$1 log line start tenth=-1 status=0
    shift
    start=$(milliseconds)
    log=$(mktemp)
    (cd "$ROOT" && swift build "$@") 2>&1 | tee "$log" | while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        if ((IS_TERMINAL)); then
            passing "$(printf '%-11s %s of %s  %s' build "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$(since "$start")")"
        elif ((BASH_REMATCH[2] > 50 && BASH_REMATCH[1] * 10 / BASH_REMATCH[2] > tenth)); then
            tenth=$((BASH_REMATCH[1] * 10 / BASH_REMATCH[2]))
            step build "$name: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps after $(since "$start")"
        fi
    done || status=$?
    passed
    if ((status)); then
        grep -E 'error:|warning:' "$log" >&2 || tail -n 40 "$log" >&2
        rm -f "$log"
        die "The build of $name failed."
    fi
    rm -f "$log"
    step build "$name in $(since "$start")"
}
