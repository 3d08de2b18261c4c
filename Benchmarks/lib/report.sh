# Rows and how they are printed.

failures=0
table=()

say() { echo "$*" >&2; }

# Says loudly that a row, or a part of it, is not measured.
skip() { say "SKIPPED $1: $2"; }

# Notes that something is wrong, whatever the size of the run.
broken() { say "BROKEN $1: $2"; failures=$((failures + 1)); }

# Gives up, because what follows would measure something else; what was measured is printed.
die() {
    say "FAILED $1: $2"
    failures=$((failures + 1))
    report_end
}

# calc EXPRESSION: the value of an arithmetic expression.
calc() { awk "BEGIN { printf \"%.10g\", $1 }"; }

# true when the condition, an arithmetic expression, holds
is() { awk "BEGIN { exit !($1) }"; }

# median NUMBER…
median() { printf '%s\n' "$@" | sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# row NAME VALUE UNIT COMPARED-WITH RATIO BAR HOLDS RESULT-HASH; "-" stands for none.
row() {
    local name=$1 value=$2 unit=$3 compared=$4 ratio=$5 bar=$6 holds=$7 hash=$8
    [[ $holds == no ]] && ! $smoke && failures=$((failures + 1))
    if $json; then
        row_as_json "$@"
    else
        table+=("$name|$(grouped "$value")|$unit|$compared|$([[ $ratio == - ]] && echo - || printf '%.2f' "$ratio")|$bar|$holds|$hash")
        say "measured $name"
    fi
}

row_as_json() {
    jq -cn --arg name "$1" --arg value "$2" --arg unit "$3" --arg compared "$4" --arg ratio "$5" --arg bar "$6" \
        --arg holds "$7" --arg hash "$8" 'def none: if . == "-" then null else . end;
        {name: $name, value: ($value | tonumber), unit: $unit, compared_with: ($compared | none),
         ratio: ($ratio | none | if . then tonumber else . end), bar: ($bar | none),
         holds: ({yes: true, no: false}[$holds]), result_hash: ($hash | none)}'
}

# A number as people read it: 12 345 678, or two decimals when it is small.
grouped() {
    awk -v value="$1" 'BEGIN {
        if (value < 1000) { printf "%.2f", value; exit }
        digits = sprintf("%.0f", value)
        while (length(digits) > 3) { rest = " " substr(digits, length(digits) - 2) rest; digits = substr(digits, 1, length(digits) - 3) }
        print digits rest
    }'
}

# What a reader must know before the numbers; and how fast the disk confirms, on which most of them depend.
report_machine() {
    local p50 p99
    read -r p50 p99 < <("$twins/sync" "$scratch/sync" "$(size 1000 200)")
    say "machine  $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
    say "system   $(uname -sr), $(swift --version 2>/dev/null | grep -o 'Swift version [0-9.]*' | head -1)"
    say "disk     $(df --output=source,fstype "$scratch" | tail -1 | tr -s ' '): 4 KiB made durable in $p50 µs (p50), $p99 µs (p99)"
    say "date     $(date -u +%FT%TZ), load $(cut -d' ' -f1-3 /proc/loadavg), commit $(git -C "$top" rev-parse --short HEAD 2>/dev/null || echo unknown)"
    say "size     $($smoke && echo "smoke, 1 repeat" || echo "full, $repeats repeats, medians")"
    row disk-sync "$p50" "µs" "p99 $p99 µs" - - - -
}

report_end() {
    if ! $json; then
        {
            echo "name|value|unit|compared with|ratio|bar|holds|result hash"
            printf '%s\n' "${table[@]}"
        } | column -t -s '|'
    fi
    ((failures == 0)) || exit 1
}
