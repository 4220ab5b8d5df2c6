#!/usr/bin/env bash
# Compile cost of #[derive(Table)] beside its peers: generates crates of tables of 8 columns with two foreign keys each,
# and prints for each size the CPU time (user and system, of all processes) of `cargo check`, what one more table adds,
# the peak memory of a process, and how much code one table expands to. The goal for ours is at most 12 ms per table.
#
#     tests/benches/compile-cost.sh [ours|peers|all] [TABLES…]
#
# Unless given: ours, at 13, 200 and 1000 tables. Peers are a mapping written by hand, sqlx's FromRow, SeaORM's
# DeriveEntityModel, Toasty's Model and Diesel's table! with its derives; cargo fetches and builds them, once, below
# target/compile-cost. KINDS="hand diesel" picks some of them (hand sqlx sea_orm toasty diesel ours); RUNS=5 sets how
# often each is run (3); the least counts, for other work on the machine only adds. Builds are not incremental, and
# dependencies are built before and not counted. A peer that took 20 ms or more per table is left out above 200 tables.
set -euo pipefail

which=${1:-ours}
shift || true
sizes=("${@:-13 200 1000}")
read -ra sizes <<<"${sizes[*]}"
runs=${RUNS:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_INCREMENTAL=0

case $which in
ours) kinds=${KINDS:-ours} ;;
peers) kinds=${KINDS:-hand sqlx sea_orm toasty diesel} ;;
all) kinds=${KINDS:-hand sqlx sea_orm toasty diesel ours} ;;
*) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$0" && exit 2 ;;
esac

# What a kind's crate depends on.
dependencies() {
    case $1 in
    ours) echo "schema-core = { path = \"$root/schema-core\" }" && jiff ;;
    hand) echo 'tokio-postgres = { version = "0.7", default-features = false, features = ["with-jiff-0_2"] }' && jiff ;;
    sqlx) echo 'sqlx = { version = "0.8", default-features = false, features = ["derive", "postgres", "chrono"] }' && chrono ;;
    sea_orm) echo 'sea-orm = { version = "1", default-features = false, features = ["macros", "with-chrono"] }' && chrono ;;
    toasty) echo 'toasty = { version = "*", default-features = false, features = ["jiff"] }' && jiff ;;
    diesel) echo 'diesel = { version = "2", default-features = false, features = ["postgres_backend", "chrono"] }' && chrono ;;
    esac
}
jiff() { echo 'jiff = { version = "0.2", default-features = false, features = ["std"] }'; }
chrono() { echo 'chrono = { version = "0.4", default-features = false, features = ["clock"] }'; }

# Table number $1, which references $2 and itself.
ours() {
    cat <<TABLE
/// Messages, number $1.
#[derive(schema_core::Table)]
#[table(name = "messages_$1", index(channel_id, id desc))]
pub struct Message$1 {
    #[column(primary_key)]
    pub id: Id<Message$1>,
    #[column(references = Message$2(id), on_delete = cascade)]
    pub channel_id: Id<Message$2>,
    #[column(references = Message$1)]
    pub author_id: Id<Message$1>,
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
}
columns() { # id and timestamp
    cat <<COLUMNS
    pub channel_id: $1,
    pub author_id: $1,
    pub content: Option<String>,
    pub edited_at: Option<i64>,
    pub is_deleted: bool,
    pub kind: String,
    pub created_at: $2,
COLUMNS
}
hand() {
    local column at=0
    echo "pub struct Message$1 {" && echo "    pub id: i64," && columns i64 jiff::Timestamp && echo '}'
    echo "impl TryFrom<&tokio_postgres::Row> for Message$1 {"
    echo '    type Error = tokio_postgres::Error;'
    echo '    fn try_from(row: &tokio_postgres::Row) -> Result<Self, Self::Error> {'
    echo '        Ok(Self {'
    for column in id channel_id author_id content edited_at is_deleted kind created_at; do
        echo "            $column: row.try_get($((at++)))?,"
    done
    echo '        })' && echo '    }' && echo '}'
}
sqlx() {
    echo '#[derive(sqlx::FromRow)]' && echo "pub struct Message$1 {" && echo '    pub id: i64,'
    columns i64 'chrono::DateTime<chrono::Utc>' && echo '}'
}
sea_orm() {
    echo "pub mod message_$1 {" && echo '    use sea_orm::entity::prelude::*;'
    echo '    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]'
    echo "    #[sea_orm(table_name = \"messages_$1\")]" && echo '    pub struct Model {'
    echo '        #[sea_orm(primary_key)]' && echo '        pub id: i64,'
    columns i64 'chrono::DateTime<chrono::Utc>' && echo '    }'
    cat <<TABLE
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::message_$2::Entity", from = "Column::ChannelId", to = "super::message_$2::Column::Id")]
        Channel,
        #[sea_orm(belongs_to = "Entity", from = "Column::AuthorId", to = "Column::Id")]
        Author,
    }
    impl ActiveModelBehavior for ActiveModel {}
}
TABLE
}
toasty() {
    echo '#[derive(Debug, toasty::Model)]' && echo "pub struct Message$1 {" && echo '    #[key]' && echo '    pub id: i64,'
    columns i64 jiff::Timestamp
    echo '    #[belongs_to(key = channel_id, references = id)]' && echo "    pub channel: toasty::BelongsTo<Message$2>,"
    echo '    #[belongs_to(key = author_id, references = id)]' && echo "    pub author: toasty::BelongsTo<Message$2>," && echo '}'
}
diesel() {
    cat <<TABLE
diesel::table! {
    messages_$1 (id) {
        id -> Int8,
        channel_id -> Int8,
        author_id -> Int8,
        content -> Nullable<Varchar>,
        edited_at -> Nullable<Int8>,
        is_deleted -> Bool,
        kind -> Varchar,
        created_at -> Timestamptz,
    }
}
TABLE
    [[ $1 == "$2" ]] || echo "diesel::joinable!(messages_$1 -> messages_$2 (channel_id));"
    echo '#[derive(diesel::Queryable, diesel::Insertable, diesel::Selectable)]'
    echo "#[diesel(table_name = messages_$1)]" && echo "pub struct Message$1 {" && echo '    pub id: i64,'
    columns i64 'chrono::DateTime<chrono::Utc>' && echo '}'
}

# Writes a crate of $2 tables of kind $1 and says where it is.
crate() {
    local at="$work/$1-$2" i list=''
    mkdir -p "$at/src"
    printf '[package]\nname = "tables"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n' >"$at/Cargo.toml"
    dependencies "$1" >>"$at/Cargo.toml"
    [[ $1 != ours ]] || cp "$root/Cargo.lock" "$at/"
    # All sizes of a kind share one choice of versions, and so one build of the dependencies.
    [[ ! -f "$work/$1.lock" ]] || cp "$work/$1.lock" "$at/Cargo.lock"
    {
        echo '#![allow(dead_code, missing_docs)]'
        [[ $1 != ours || $2 == 0 ]] || echo 'use schema_core::Id;'
        for ((i = 0; i < $2; i++)); do
            "$1" "$i" $((i > 0 ? i - 1 : 0))
            list+="Message$i, "
        done
        [[ $1 != ours ]] || echo "schema_core::schema! { pub static SCHEMA = [$list]; }"
    } >"$at/src/lib.rs"
    echo "$at"
}

# Checks the crate in $1 and prints CPU milliseconds and, where GNU time is there, megabytes at the peak.
check() {
    local least='' peak='?' run measured seconds
    (cd "$1" && cargo check --quiet --lib 2>"$work/log") || { cat "$work/log" >&2 && return 1; }
    for ((run = 0; run < runs; run++)); do
        touch "$1/src/lib.rs"
        if [[ -x /usr/bin/time ]]; then
            measured=$(cd "$1" && { /usr/bin/time -f '%U %S %M' cargo check --quiet --lib 2>"$work/log" || return 1; } && tail -n 1 "$work/log")
            read -r _ _ peak <<<"$measured"
        else
            measured=$(cd "$1" && TIMEFORMAT='%U %S' && { time cargo check --quiet --lib 2>/dev/null; } 2>&1)
        fi
        seconds=$(awk '{ print ($1 + $2) * 1000 }' <<<"$measured")
        least=$(printf '%s\n' "$least" "$seconds" | grep . | sort -g | head -n 1)
    done
    [[ $peak == '?' ]] || peak=$((peak / 1024))
    echo "$least $peak"
}

# Lines and bytes of the crate in $1 with its macros expanded. -Z takes a nightly compiler, or this variable.
expanded() {
    (cd "$1" && RUSTC_BOOTSTRAP=1 cargo rustc --quiet --profile check --lib -- -Zunpretty=expanded 2>/dev/null | wc -lc)
}

printf '%-8s %7s %9s %15s %9s %7s %22s\n' kind tables 'CPU ms' 'ms a table more' 'ms each' 'MB' 'expands to, a table'
for kind in $kinds; do
    export CARGO_TARGET_DIR="$root/target/compile-cost/$kind"
    at=$(crate "$kind" 0)
    if ! zero=$(check "$at"); then
        echo "$kind: does not build here" && continue
    fi
    cp "$at/Cargo.lock" "$work/$kind.lock"
    read -r zero _ <<<"$zero"
    read -r lines0 bytes0 <<<"$(expanded "$at")"
    before=0 last=$zero slope=0
    for size in "${sizes[@]}"; do
        if ((size > 200)) && [[ $kind != ours ]] && awk "BEGIN { exit !($slope >= 20) }"; then
            printf '%-8s %7d  left out: at %s ms a table it would take long\n' "$kind" "$size" "$slope"
            continue
        fi
        at=$(crate "$kind" "$size")
        if ! found=$(check "$at"); then
            echo "$kind: $size tables do not build here" && break
        fi
        read -r ms peak <<<"$found"
        read -r lines bytes <<<"$(expanded "$at")"
        slope=$(awk "BEGIN { printf \"%.1f\", ($ms - $last) / ($size - $before) }")
        printf '%-8s %7d %9.0f %15s %9s %7s %9d lines %6d B\n' "$kind" "$size" "$ms" "$slope" \
            "$(awk "BEGIN { printf \"%.1f\", ($ms - $zero) / $size }")" "$peak" \
            $(((lines - lines0) / size)) $(((bytes - bytes0) / size))
        before=$size last=$ms
    done
done
