#!/usr/bin/env bash
# Compile cost of #[derive(Table)]: generates crates of 0, 13, 200 and 1,000 tables of 8 columns, and prints the
# user CPU time of `cargo check` per table. The goal is at most 12 ms.
#
#     tests/benches/compile-cost.sh [RUNS]
#
# Of RUNS runs (3 unless given) the median counts. Dependencies are built before and not counted; the crate without
# tables is what everything but the tables costs.
set -euo pipefail

runs=${1:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR="$root/target/compile-cost"

# Writes the source of a crate of $1 tables; each references the one before.
source_of() {
    echo '//! Generated tables.'
    echo '#![allow(missing_docs)]'
    echo 'use schema_core::{Id, Table};'
    local list='' i
    for ((i = 0; i < $1; i++)); do
        cat <<TABLE
/// Messages, number $i.
#[derive(Table)]
#[table(name = "messages_$i", index(channel_id, id desc))]
pub struct Message$i {
    #[column(primary_key)]
    pub id: Id<Message$i>,
    #[column(references = Message$((i > 0 ? i - 1 : 0))(id), on_delete = cascade)]
    pub channel_id: Id<Message$((i > 0 ? i - 1 : 0))>,
    #[column(references = Message$i)]
    pub author_id: Id<Message$i>,
    #[column(type = varchar(4000))]
    pub content: Option<String>,
    /// When it was changed.
    pub edited_at: Option<i64>,
    #[column(default = false)]
    pub is_deleted: bool,
    #[column(type = varchar(10), default = "text")]
    pub kind: String,
    #[column(default = sql("now()"))]
    pub created_at: jiff::Timestamp,
}
TABLE
        list+="Message$i, "
    done
    echo "schema_core::schema! { pub static SCHEMA = [$list]; }"
}

# Prints the CPU seconds of checking a crate of $1 tables.
check() {
    local crate="$work/tables_$1" all='' seconds run
    mkdir -p "$crate/src"
    cp "$root/Cargo.lock" "$crate/"
    cat >"$crate/Cargo.toml" <<TOML
[package]
name = "tables_$1"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
schema-core = { path = "$root/schema-core" }
jiff = { version = "0.2", default-features = false, features = ["std"] }
TOML
    source_of "$1" >"$crate/src/lib.rs"
    (cd "$crate" && cargo check --quiet 2>/dev/null) >&2
    for ((run = 0; run < runs; run++)); do
        touch "$crate/src/lib.rs"
        seconds=$(cd "$crate" && TIMEFORMAT='%U' && { time CARGO_INCREMENTAL=0 cargo check --quiet 2>/dev/null; } 2>&1)
        all+="$seconds"$'\n'
    done
    printf '%s' "$all" | sort -g | sed -n "$(((runs + 1) / 2))p"
}

none=$(check 0)
echo "without tables: $none s"
for tables in 13 200 1000; do
    awk -v tables="$tables" -v all="$(check "$tables")" -v none="$none" 'BEGIN {
        printf "%4d tables: %.2f s, %.1f ms each\n", tables, all, (all - none) / tables * 1000
    }'
done
