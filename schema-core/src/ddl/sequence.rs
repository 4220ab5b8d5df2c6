//! Sequences ([`CREATE SEQUENCE`](https://www.postgresql.org/docs/current/sql-createsequence.html)), and the options
//! identity columns have in common with them.

use crate::{
    ident::{quote, quote_literal},
    schema::{Sequence, SequenceOptions, SqlType},
};

/// Renders `CREATE SEQUENCE` without its owner, which is a table that uses it.
#[must_use]
pub fn create_sequence(sequence: &Sequence) -> String {
    let unlogged = if sequence.unlogged { "UNLOGGED " } else { "" };
    let mut text = format!("CREATE {unlogged}SEQUENCE {}", sequence.name.render());
    if sequence.sql_type.name != "bigint" {
        text.push_str(&format!(" AS {}", sequence.sql_type));
    }
    for option in render_options(&sequence.options, &sequence.sql_type) {
        text.push(' ');
        text.push_str(&option);
    }
    text
}

/// Renders `ALTER SEQUENCE … OWNED BY`, where the sequence has an owner.
#[must_use]
pub fn set_sequence_owner(sequence: &Sequence) -> Option<String> {
    let (table, column) = sequence.owned_by.as_ref()?;
    Some(format!(
        "ALTER SEQUENCE {} OWNED BY {}.{}",
        sequence.name.render(),
        table.render(),
        quote(column)
    ))
}

/// Renders `COMMENT ON SEQUENCE`, where the sequence has one.
#[must_use]
pub fn comment_on_sequence(sequence: &Sequence) -> Option<String> {
    let text = quote_literal(sequence.comment.as_ref()?);
    Some(format!(
        "COMMENT ON SEQUENCE {} IS {text}",
        sequence.name.render()
    ))
}

/// The largest value of an integer type.
pub(super) fn largest(ty: &SqlType) -> i64 {
    match ty.name.as_str() {
        "smallint" => i16::MAX.into(),
        "integer" => i32::MAX.into(),
        _ => i64::MAX,
    }
}

/// The options that are not what the server would choose.
pub(super) fn render_options(options: &SequenceOptions, ty: &SqlType) -> Vec<String> {
    let chosen = SequenceOptions::of(largest(ty), options.increment);
    let start = if options.increment > 0 {
        options.min
    } else {
        options.max
    };
    let words = [
        ("INCREMENT BY", options.increment, 1),
        ("MINVALUE", options.min, chosen.min),
        ("MAXVALUE", options.max, chosen.max),
        ("START WITH", options.start, start),
        ("CACHE", options.cache, 1),
    ];
    let given = words
        .into_iter()
        .filter(|(_, value, chosen)| value != chosen);
    let mut rendered: Vec<String> = given
        .map(|(word, value, _)| format!("{word} {value}"))
        .collect();
    if options.cycle {
        rendered.push("CYCLE".to_owned());
    }
    rendered
}
