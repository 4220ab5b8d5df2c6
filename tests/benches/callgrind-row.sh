#!/bin/sh
# Instructions per row of the messages table, client process only, for the row mapper, row.get(i) and the protocol
# alone: the slope between two row counts, so connecting and preparing do not count. Goal: mapped at most 2,000.
#
#   tests/benches/callgrind-row.sh
#
# Needs valgrind.
set -eu
few=2000
many=12000
binary=$(cargo bench -p tests --bench row_instructions --no-run --message-format=json |
    sed -n 's/.*"name":"row_instructions".*"executable":"\([^"]*\)".*/\1/p')
log=$(mktemp)
trap 'rm -f "$log"' EXIT
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" >"$log" 2>&1 ||
        { cat "$log" >&2; exit 1; }
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$log"
}
for way in mapped get undecoded; do
    low=$(instructions "$way" "$few")
    high=$(instructions "$way" "$many")
    echo "$way $(((high - low) / (many - few))) instructions per row"
done
