//! How a table is divided, and its partitions.

use schema_core::schema::{
    BoundValue, Expression, IndexKey, Indexed, Partition, PartitionBound, PartitionBy,
    PartitionStrategy, QualifiedName, Table,
};

use super::{
    attribute::Word,
    text::{literal, one_line, sql},
    words::{Scope, comment},
};

/// `partition_by = …` and the partitions.
pub(super) fn words(scope: &Scope<'_>, table: &Table, by: &PartitionBy) -> Vec<Word> {
    divided(scope, (table, &table.name), by)
}

fn divided(
    scope: &Scope<'_>,
    (table, name): (&Table, &QualifiedName),
    by: &PartitionBy,
) -> Vec<Word> {
    let strategy = match by.strategy {
        PartitionStrategy::Range => "range",
        PartitionStrategy::List => "list",
        PartitionStrategy::Hash => "hash",
    };
    let keys: Vec<String> = by.keys.iter().map(|key| scope.key(key)).collect();
    let mut words = vec![Word::Text(format!(
        "partition_by = {strategy}({})",
        keys.join(", ")
    ))];
    if let Some(count) = counted(name, by) {
        words.push(Word::Text(format!("partitions = {count}")));
        return words;
    }
    let partitions = by.partitions.iter();
    words
        .extend(partitions.map(|partition| {
            Word::List("partition".to_owned(), of(scope, (table, by), partition))
        }));
    words
}

/// How many partitions `partitions = …` would make that are just these.
fn counted(name: &QualifiedName, by: &PartitionBy) -> Option<usize> {
    let count = by.partitions.len();
    let is_one = |partition: &Partition| {
        let PartitionBound::Hash { modulus, remainder } = partition.bound else {
            return false;
        };
        usize::try_from(modulus) == Ok(count)
            && *partition
                == Partition::new(
                    QualifiedName::new(
                        name.namespace.clone(),
                        format!("{}_p{remainder}", name.name),
                    ),
                    partition.bound.clone(),
                )
    };
    (count > 0 && name.namespace == schema_core::ident::PUBLIC && by.partitions.iter().all(is_one))
        .then_some(count)
}

fn of(scope: &Scope<'_>, (table, by): (&Table, &PartitionBy), partition: &Partition) -> Vec<Word> {
    let is_number = |at: usize| by.keys.get(at).is_some_and(|key| is_number(table, key));
    let mut words = vec![Word::Text(format!(
        "name = {}",
        literal(&partition.table.name.name)
    ))];
    if partition.table.name.namespace != scope.owner.namespace {
        let namespace = literal(&partition.table.name.namespace);
        words.push(Word::Text(format!("namespace = {namespace}")));
    }
    match &partition.bound {
        PartitionBound::Range { from, to } => {
            words.push(values("from", bounds(from, is_number)));
            words.push(values("to", bounds(to, is_number)));
        }
        PartitionBound::List(list) => {
            words.push(values(
                "in",
                list.iter().map(|it| value(it, is_number(0))).collect(),
            ));
        }
        PartitionBound::Hash { modulus, remainder } => {
            words.push(Word::Text(format!("modulus = {modulus}")));
            words.push(Word::Text(format!("remainder = {remainder}")));
        }
        PartitionBound::Default => words.push(Word::text("default")),
    }
    words.extend(
        partition
            .table
            .partition_by
            .iter()
            .flat_map(|by| divided(scope, (table, &partition.table.name), by)),
    );
    words.extend(comment(partition.table.comment.as_deref()));
    words
}

fn values(word: &str, values: Vec<String>) -> Word {
    match values.as_slice() {
        [one] => Word::Text(format!("{word} = {one}")),
        values => Word::Text(format!("{word}({})", values.join(", "))),
    }
}

fn bounds(bounds: &[BoundValue], is_number: impl Fn(usize) -> bool) -> Vec<String> {
    let bounds = bounds.iter().enumerate().map(|(at, bound)| match bound {
        BoundValue::MinValue => "minvalue".to_owned(),
        BoundValue::MaxValue => "maxvalue".to_owned(),
        BoundValue::Value(expression) => value(expression, is_number(at)),
    });
    bounds.collect()
}

/// Whether a key is a column of numbers, whose bounds the server writes in quotes where they are negative.
fn is_number(table: &Table, key: &IndexKey) -> bool {
    let Indexed::Column(name) = &key.key else {
        return false;
    };
    let ty = table.column(name).map(|column| &column.sql_type);
    ty.is_some_and(|ty| {
        let is_number = matches!(
            ty.name.as_str(),
            "smallint" | "integer" | "bigint" | "numeric"
        );
        ty.namespace.is_none() && !ty.array && is_number
    })
}

/// A value: `NULL`, a number and a text as literals, what else there is as SQL.
fn value(expression: &Expression, is_number: bool) -> String {
    let text = expression.as_str();
    if text.eq_ignore_ascii_case("null") {
        return "null".to_owned();
    }
    if text
        .parse::<i64>()
        .is_ok_and(|number| number.to_string() == text)
        || matches!(text, "true" | "false")
    {
        return text.to_owned();
    }
    let inside = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    match inside.map(|text| text.replace("''", "\u{0}")) {
        Some(inside) if is_number && inside.parse::<i64>().is_ok() => inside,
        Some(inside) if !inside.contains('\'') && !inside.is_empty() => {
            literal(&inside.replace('\u{0}', "'"))
        }
        _ => sql(&one_line(text)),
    }
}
