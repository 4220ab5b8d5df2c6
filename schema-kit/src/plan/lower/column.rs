//! Columns: added, dropped, and changed fact by fact.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Check, Column, Names, QualifiedName, SqlType, Storage, Table},
};

use super::{
    super::{
        PlanError,
        convert::{conversion, keeps_texts},
        effect::LockMode,
        hazard::HazardKind,
        lookup::Lookup,
        online::Intent,
        step::{Phase, Step},
        volatile::is_volatile,
    },
    Context, comment, inheritance, released_type, sequence,
};
use crate::diff::{AlterTable, Change, Pair};

pub(super) fn lower(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    change: &Change<'_, Column>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let table = &alter.table.next.name;
    match change {
        Change::Create(column) if column.inherited && comes_from_above(cx, alter, column) => {
            inherit(cx, alter, column, steps);
        }
        Change::Create(column) => add(cx, alter, column, steps),
        // It goes with that of the table it is inherited from.
        Change::Drop(column) if column.inherited && goes_from_above(cx, alter, column) => {}
        Change::Drop(column) => steps.push(drop(cx, alter, column)),
        Change::Alter(pair) => {
            refuse(cx, table, *pair)?;
            match is_made_again(*pair) || is_over_retyped(alter, *pair) {
                true => make_again(cx, alter, *pair, steps),
                false => follow(cx, alter, *pair, steps),
            }
        }
    }
    Ok(())
}

/// Changes what the statements about the tables above leave to be changed.
fn follow(cx: &Context<'_>, alter: &AlterTable<'_>, pair: Pair<'_, Column>, steps: &mut Vec<Step>) {
    let previous = inheritance::column_reached(cx, alter, pair.previous);
    let pair = Pair {
        previous: &previous,
        next: pair.next,
    };
    change_facts(cx, &alter.table.next.name, pair, steps);
}

/// Puts columns right that do not differ, where the statements about the tables above change them.
pub(super) fn put_right(cx: &Context<'_>, alter: &AlterTable<'_>, steps: &mut Vec<Step>) {
    for next in &alter.table.next.columns {
        let previous = alter.table.previous.column(&next.name);
        if let Some(previous) = previous.filter(|previous| *previous == next) {
            follow(cx, alter, Pair { previous, next }, steps);
        }
    }
}

/// Whether a table that goes on being inherited from gets the column.
fn comes_from_above(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column) -> bool {
    inheritance::kept(alter.table).iter().any(|parent| {
        let above = cx.next.table(parent);
        above.is_some_and(|above| above.column(&column.name).is_some())
    })
}

/// Whether a table that goes on being inherited from loses the column.
fn goes_from_above(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column) -> bool {
    inheritance::kept(alter.table).iter().any(|parent| {
        let above = cx.previous.table(parent);
        above.is_some_and(|above| above.column(&column.name).is_some())
    })
}

/// Refuses what no statement changes.
fn refuse(
    cx: &Context<'_>,
    table: &QualifiedName,
    pair: Pair<'_, Column>,
) -> Result<(), PlanError> {
    let refused = |change, help| {
        let object = address(table, &pair.next.name).to_string();
        Err(PlanError {
            object,
            change,
            help,
        })
    };
    let Pair { previous, next } = pair;
    let is_usual = previous.storage.is_some() && next.storage.is_none() && !is_retyped(pair);
    if is_usual && usual_storage(cx, &next.sql_type).is_none() {
        return refused(
            "cannot be stored as its type is: how that is, is not known",
            "name the storage: `storage = extended` for a type without a fixed length, `storage = plain` for one with",
        );
    }
    Ok(())
}

/// A column that the table gets along with one it inherits from, and what it has otherwise.
fn inherit(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column, steps: &mut Vec<Step>) {
    let table = alter.table.next;
    for parent in &table.inherits {
        let from = cx.next.table(parent);
        let Some(from) = from.and_then(|from| from.column(&column.name)) else {
            continue;
        };
        let statements = ddl::alter_inherited_column(table, column, from).into_iter();
        let above = || address(parent, &column.name);
        steps.extend(statements.map(|sql| altering(&table.name, sql).needs([above()])));
    }
    if column.comment.is_some() {
        let own = address(&table.name, &column.name);
        let above = table.inherits.iter().map(|it| address(it, &column.name));
        steps.push(comment(own, column.comment.as_deref()).needs(above));
    }
}

/// How values of a type are stored where nothing is said, as far as that is known.
fn usual_storage(cx: &Context<'_>, ty: &SqlType) -> Option<Storage> {
    if ty.array {
        return Some(Storage::Extended);
    }
    if let Some(namespace) = &ty.namespace {
        let is_meant = |name: &QualifiedName| name.namespace == *namespace && name.name == ty.name;
        let mut domains = cx.next.domains.iter();
        if let Some(domain) = domains.find(|it| is_meant(&it.name)) {
            return usual_storage(cx, &domain.sql_type);
        }
        let mut composites = cx.next.composites.iter();
        let is_composite = composites.any(|it| is_meant(&it.name));
        let is_text = matches!(ty.name.as_str(), "citext" | "hstore" | "ltree" | "cube");
        return (is_composite || is_text).then_some(Storage::Extended);
    }
    match ty.name.as_str() {
        "text" | "varchar" | "char" | "bpchar" | "bytea" | "json" | "jsonb" | "xml"
        | "tsvector" | "bit" | "varbit" | "path" | "polygon" | "int4range" | "int8range"
        | "numrange" | "tsrange" | "tstzrange" | "daterange" | "jsonpath" => {
            Some(Storage::Extended)
        }
        "numeric" | "inet" | "cidr" => Some(Storage::Main),
        _ => None,
    }
}

fn address(table: &QualifiedName, column: &str) -> Address {
    Address::Column(table.clone(), column.to_owned())
}

/// A column that is to be generated, or in another way, can only be made again: its values are computed.
fn is_made_again(pair: Pair<'_, Column>) -> bool {
    pair.differs(|column| &column.generated) && pair.next.generated.is_some()
}

pub(super) fn make_again(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    pair: Pair<'_, Column>,
    steps: &mut Vec<Step>,
) {
    steps.push(drop(cx, alter, pair.previous));
    add(cx, alter, pair.next, steps);
}

/// Whether a generated column is computed from one whose type changes.
fn is_over_retyped(alter: &AlterTable<'_>, pair: Pair<'_, Column>) -> bool {
    let changed = retyped(alter);
    let uses = used_columns(alter.table.previous, pair.previous);
    pair.next.generated.is_some() && uses.iter().any(|name| changed.contains(&name.as_str()))
}

/// The columns that are dropped and added again, by name.
pub(super) fn made_again(alter: &AlterTable<'_>) -> Vec<String> {
    let next = alter.table.next.columns.iter();
    let pairs = next.filter_map(|next| {
        let previous = alter.table.previous.column(&next.name)?;
        Some(Pair { previous, next })
    });
    let again = pairs.filter(|pair| is_made_again(*pair) || is_over_retyped(alter, *pair));
    again.map(|pair| pair.next.name.clone()).collect()
}

/// Generated columns that stay as they are, of columns whose type changes: the server refuses that while they are there.
pub(super) fn in_the_way(cx: &Context<'_>, alter: &AlterTable<'_>, steps: &mut Vec<Step>) {
    for next in &alter.table.next.columns {
        let previous = alter.table.previous.column(&next.name);
        let Some(previous) = previous.filter(|previous| *previous == next) else {
            continue;
        };
        let pair = Pair { previous, next };
        if is_over_retyped(alter, pair) {
            make_again(cx, alter, pair, steps);
        }
    }
}

/// The columns whose type changes, by name.
pub(super) fn retyped<'a>(alter: &AlterTable<'a>) -> Vec<&'a str> {
    let changes = alter.columns.iter().filter_map(|change| match change {
        Change::Alter(pair) if is_retyped(*pair) => Some(pair.next.name.as_str()),
        _ => None,
    });
    changes.collect()
}

/// The columns over which the server may make another expression of a text than it would for their next type, or that change
/// over to a type which is made anew.
pub(super) fn respelled<'a>(cx: &Context<'_>, table: Pair<'a, Table>) -> Vec<&'a str> {
    let next = table.next.columns.iter();
    let respelled = next.filter(|next| {
        let previous = table.previous.column(&next.name);
        previous.is_some_and(|previous| {
            !keeps_texts(&previous.sql_type, &next.sql_type) || cx.changes_over(&next.sql_type)
        })
    });
    respelled.map(|column| column.name.as_str()).collect()
}

/// Whether a view over the table has to go while it changes.
pub(super) fn is_in_the_way_of_views(alter: &AlterTable<'_>) -> bool {
    alter.columns.iter().any(|change| match change {
        Change::Create(_) => false,
        Change::Drop(_) => true,
        Change::Alter(pair) => is_retyped(*pair) || is_made_again(*pair),
    })
}

fn is_retyped(pair: Pair<'_, Column>) -> bool {
    pair.differs(|column| &column.sql_type) || pair.differs(|column| &column.collation)
}

/// The columns a generated column is computed from.
fn used_columns(table: &Table, column: &Column) -> Vec<String> {
    let all: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    column.generated.as_ref().map_or(Vec::new(), |generated| {
        ident::columns_in(generated.as_str(), &table.name.name, &all)
    })
}

fn add(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column, steps: &mut Vec<Step>) {
    let table = &alter.table.next.name;
    let own = || address(table, &column.name);
    let mut step = altering(table, ddl::add_column(table, column))
        .needs([Address::Table(table.clone())])
        .needs(cx.ty(&column.sql_type))
        .needs(used_objects(&cx.next_names, column))
        .makes(own());
    if column.generated.is_some() {
        let used = used_columns(alter.table.next, column);
        step = step
            .needs(used.iter().map(|name| address(table, name)))
            .rewrites(table);
    }
    let default = column.default.as_ref();
    let is_computed = default.is_some_and(|default| is_volatile(default.as_str()));
    if is_computed || column.identity.is_some() || cx.next.is_constrained(&column.sql_type) {
        step = step.rewrites(table);
    }
    let has_value =
        column.default.is_some() || column.generated.is_some() || column.identity.is_some();
    if !column.nullable && !has_value {
        step = step.scans(LockMode::AccessExclusive, table).hazard(
            HazardKind::MayFail,
            format!(
                "rows of `{table}` have no value for `{}`, which takes no NULL",
                column.name
            ),
        );
    }
    steps.push(step.intends(Intent::AddColumn(table.clone(), column.clone())));
    steps.extend(parts(table, column));
    if column.comment.is_some() {
        steps.push(comment(own(), column.comment.as_deref()));
    }
}

/// The objects that a column is made with.
fn used_objects(names: &Names<'_>, column: &Column) -> Vec<Address> {
    let texts = column.default.iter().chain(&column.generated);
    let objects = texts.flat_map(|text| names.objects_in(text.as_str()));
    objects.map(Address::from).collect()
}

fn drop(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column) -> Step {
    let table = &alter.table.next.name;
    let own = address(table, &column.name);
    let step = Step::new(Phase::Remove, ddl::drop(&own))
        .locks(LockMode::AccessExclusive, table)
        .removes(own)
        .releases(used_objects(&cx.previous_names, column))
        .releases(sequence::released(table, [column]))
        .releases(released_type(&column.sql_type));
    if column.generated.is_some() {
        let used = used_columns(alter.table.previous, column);
        let used = used.iter().map(|name| address(table, name));
        return Step {
            phase: Phase::Release,
            ..step.releases(used)
        };
    }
    step.hazard(
        HazardKind::DeletesData,
        format!("all values of `{table}.{}` go", column.name),
    )
}

/// What a new column says in statements of its own.
fn parts(table: &QualifiedName, column: &Column) -> impl Iterator<Item = Step> {
    let kept = (ddl::set_column_options(table, column).into_iter())
        .chain(ddl::set_statistics(table, column))
        .map(|sql| keeping(table, sql));
    let stored = ddl::set_storage(table, column);
    let stored = stored.map(|sql| altering(table, sql));
    let own = address(table, &column.name);
    let steps: Vec<Step> = kept.chain(stored).collect();
    (steps.into_iter()).map(move |step| step.needs([own.clone()]))
}

/// What changes of how a column is kept.
fn change_parts(
    cx: &Context<'_>,
    table: &QualifiedName,
    pair: Pair<'_, Column>,
    steps: &mut Vec<Step>,
) {
    let Pair { previous, next } = pair;
    let options = ddl::change_column_options(table, previous, next).into_iter();
    let mut parts: Vec<Step> = options.map(|sql| keeping(table, sql)).collect();
    if pair.differs(|column| &column.statistics) {
        let reset = || ddl::reset_statistics(table, &next.name);
        let sql = ddl::set_statistics(table, next).unwrap_or_else(reset);
        parts.push(keeping(table, sql));
    }
    // A new type brings its storage along.
    let storage = previous.storage.filter(|_| !is_retyped(pair));
    if storage != next.storage {
        let stored = Column {
            storage: next.storage.or_else(|| usual_storage(cx, &next.sql_type)),
            ..next.clone()
        };
        let sql = ddl::set_storage(table, &stored);
        parts.extend(sql.map(|sql| altering(table, sql)));
    }
    if pair.differs(|column| &column.compression) {
        let sql = ddl::set_compression(table, &next.name, next.compression);
        parts.push(altering(table, sql));
    }
    let own = address(table, &next.name);
    steps.extend(parts.into_iter().map(|step| step.needs([own.clone()])));
}

/// One statement per fact, in an order in which each runs: what stands in the way of the type first.
pub(super) fn change_facts(
    cx: &Context<'_>,
    table: &QualifiedName,
    pair: Pair<'_, Column>,
    steps: &mut Vec<Step>,
) {
    let Pair { previous, next } = pair;
    let own = || address(table, &next.name);
    if previous.identity.is_some() && next.identity.is_none() {
        steps.push(sequence::drop_identity(cx, table, previous).makes(own()));
    }
    let mut push = |sql: String| {
        steps.push(altering(table, sql));
    };
    if previous.generated.is_some() && next.generated.is_none() {
        push(ddl::drop_expression(table, &next.name));
    }
    let retyped = is_retyped(pair);
    let default_in_the_way = retyped && previous.default.is_some();
    let redefault = pair.differs(|column| &column.default);
    if previous.default.is_some() && (default_in_the_way || next.default.is_none()) {
        push(ddl::set_default(table, &next.name, None));
    }
    if retyped {
        steps.push(retype(cx, table, pair));
    }
    if pair.differs(|column| &column.nullable) {
        steps.push(nullability(cx, table, next));
    }
    let after = |sql: String| {
        let step = altering(table, sql).needs(cx.ty(&next.sql_type));
        step.needs(used_objects(&cx.next_names, next))
    };
    if let Some(default) = next
        .default
        .as_ref()
        .filter(|_| redefault || default_in_the_way)
    {
        let step = after(ddl::set_default(table, &next.name, Some(default)));
        // An identity column has no default, and one of the old type would be converted into what nobody wrote.
        let is_other = retyped || cx.changes_over(&next.sql_type);
        let is_late = is_other || previous.identity.is_some();
        steps.push(step.needs(is_late.then(own)));
    }
    match (&previous.identity, &next.identity) {
        (None, Some(_)) => {
            let mut step = after(ddl::add_identity(table, next));
            step.makes.extend(sequence::made(table, next));
            // Only a column that holds no NULL can be one.
            steps.push(step.needs(previous.nullable.then(own)));
        }
        (Some(_), Some(_)) => steps.extend(sequence::alter_identity(table, pair)),
        _ => {}
    }
    change_parts(cx, table, pair, steps);
    if pair.differs(|column| &column.comment) {
        steps.push(comment(own(), next.comment.as_deref()));
    }
}

fn retype(cx: &Context<'_>, table: &QualifiedName, pair: Pair<'_, Column>) -> Step {
    let Pair { previous, next } = pair;
    let conversion = conversion(&next.name, &previous.sql_type, &next.sql_type);
    let sql = ddl::alter_column_type(table, next, conversion.using.as_ref());
    let mut step = altering(table, sql)
        .needs(cx.ty(&next.sql_type))
        .makes(address(table, &next.name))
        .releases(released_type(&previous.sql_type));
    let column = format!("`{table}.{}`", next.name);
    if conversion.may_fail {
        let what = format!(
            "a value of {column} may not be one of type {}",
            next.sql_type
        );
        step = step.hazard(HazardKind::MayFail, what);
    }
    if !conversion.keeps_rows {
        step = step.rewrites(table);
    }
    step
}

fn nullability(cx: &Context<'_>, table: &QualifiedName, column: &Column) -> Step {
    let sql = ddl::set_nullable(table, &column.name, column.nullable);
    let mut step = altering(table, sql).makes(address(table, &column.name));
    if column.nullable {
        return step;
    }
    step.in_place = true;
    if is_proved(cx, table, &column.name) {
        return step;
    }
    step.hazard(
        HazardKind::MayFail,
        format!("rows of `{table}` may hold NULL in `{}`", column.name),
    )
    .scans(LockMode::AccessExclusive, table)
    .intends(Intent::SetNotNull(table.clone(), column.name.clone()))
}

/// Whether a check that stays proves to the server that a column holds no NULL.
fn is_proved(cx: &Context<'_>, table: &QualifiedName, column: &str) -> bool {
    let find = |schema: &Lookup<'_>| -> Vec<Check> {
        let found = schema.table(table);
        let checks = found.into_iter().flat_map(|table| &table.checks);
        let valid = checks.filter(|check| !check.not_valid && !check.no_inherit);
        valid.cloned().collect()
    };
    let (before, after) = (find(cx.previous), find(cx.next));
    let condition = format!("{} IS NOT NULL", ident::quote(column));
    let mut kept = before.iter().filter(|check| after.contains(check));
    kept.any(|check| check.expression.as_str() == condition)
}

/// A change of what the planner keeps of a column alone, while the table is in use.
fn keeping(table: &QualifiedName, sql: String) -> Step {
    Step::new(Phase::Column, sql).locks_only(LockMode::ShareUpdateExclusive, table)
}

/// A change of a column, for which nobody uses the table.
fn altering(table: &QualifiedName, sql: String) -> Step {
    Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, table)
}
