#!/bin/sh
# CPU seconds of a cold build, and the ratio to the baseline: an application with tokio-postgres and deadpool alone,
# one that only uses schema-core, and one with all three; default features. Goal for schema-core alone: at most 1.25
# times the baseline.
#
#   tests/benches/cold-build.sh [RUNS]
#
# Every crate must be in cargo's cache: build the workspace once before.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
runs=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

crate() { # name dependencies main
    mkdir -p "$work/$1/src"
    printf '[package]\nname = "%s"\nedition = "2024"\n\n[dependencies]\n%s\n[workspace]\n' "$1" "$2" >"$work/$1/Cargo.toml"
    printf '%s\n' "$3" >"$work/$1/src/main.rs"
    cp "$root/Cargo.lock" "$work/$1/Cargo.lock"
}

# What a build costs, in CPU seconds of cargo and all its children.
cost() {
    (
        cd "$work/$1"
        # Settles the lock file, which is no part of a build.
        cargo tree --offline --quiet >/dev/null
        rm -rf target
        sh -c 'cargo build --offline --quiet >&2; times' | tail -n 1 |
            awk '{ split($1, u, /[ms]/); split($2, s, /[ms]/); print u[1] * 60 + u[2] + s[1] * 60 + s[2] }'
    )
}

client='tokio-postgres = "0.7"
deadpool-postgres = "0.14"'
core="schema-core = { path = \"$root/schema-core\" }"
table='use schema_core::{Id, Table};

#[derive(Table, Debug)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(type = varchar(32), unique)]
    name: String,
}

fn main() -> Result<(), schema_core::Error> {
    println!("{}", User::ddl()?);
    Ok(())
}'

crate baseline "$client" 'fn main() { println!("{}", tokio_postgres::Config::new().get_hosts().len()); }'
crate core-only "$core" "$table"
crate core-and-pool "$core
$client" "$table"

# One after the other, so that other load on the machine falls on all of them; the least of each is what a build costs.
for name in baseline core-only core-and-pool; do : >"$work/$name.costs"; done
run=0
while [ "$run" -lt "$runs" ]; do
    for name in baseline core-only core-and-pool; do
        seconds=$(cost "$name")
        echo "$seconds" >>"$work/$name.costs"
        echo "$name $seconds s"
    done
    run=$((run + 1))
done

least() { sort -n "$work/$1.costs" | head -n 1; }
baseline=$(least baseline)
echo "least of $runs: baseline $baseline s"
for name in core-only core-and-pool; do
    seconds=$(least "$name")
    echo "least of $runs: $name $seconds s, $(awk "BEGIN { printf \"%.2f\", $seconds / $baseline }") times the baseline"
done
