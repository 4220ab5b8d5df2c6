//! The words of attributes, as a schema's source writes them.

use std::fmt::Write as _;

use crate::soundness::model::{
    Action, Check, Exclusion, ForeignKey, Index, IndexKey, Indexed, Key, Part, Policy, Schema,
    Table, Text,
};

/// `word(keys, options)`, or the bare word where there is nothing to say.
pub(in crate::soundness) fn listed(word: &str, keys: Vec<String>, options: Vec<String>) -> String {
    let all: Vec<String> = keys.into_iter().chain(options).collect();
    if all.is_empty() {
        word.to_owned()
    } else {
        format!("{word}({})", all.join(", "))
    }
}

pub(in crate::soundness) fn key(table: &Table, key: &Key, word: &str) -> String {
    let keys = if key.on_field {
        Vec::new()
    } else {
        names(table, &key.columns)
    };
    let mut options = Vec::new();
    options.extend(key.name.as_ref().map(|name| format!("name = {name:?}")));
    options.extend(include(table, &key.include));
    if key.nulls_not_distinct {
        options.push("nulls_not_distinct".to_owned());
    }
    options.extend(key.deferrable.map(|word| format!("deferrable = {word}")));
    listed(word, keys, options)
}

pub(in crate::soundness) fn index(table: &Table, index: &Index) -> String {
    let keys = index
        .keys
        .iter()
        .map(|key| index_key(table, key, index.on_field));
    let keys = keys.filter(|key| !key.is_empty()).collect();
    let mut options = Vec::new();
    options.extend(index.name.as_ref().map(|name| format!("name = {name:?}")));
    options.extend(index.using.map(|using| format!("using = {using}")));
    options.extend(include(table, &index.include));
    options.extend(
        index
            .predicate
            .as_ref()
            .map(|text| format!("where = {}", sql(table, text))),
    );
    options.extend(fillfactor(index.fillfactor));
    if index.concurrently {
        options.push("concurrently".to_owned());
    }
    if index.nulls_not_distinct {
        options.push("nulls_not_distinct".to_owned());
    }
    listed(
        if index.unique {
            "unique_index"
        } else {
            "index"
        },
        keys,
        options,
    )
}

fn fillfactor(number: Option<u32>) -> Option<String> {
    number.map(|number| format!("with(fillfactor = {number})"))
}

pub(in crate::soundness) fn index_key(table: &Table, key: &IndexKey, on_field: bool) -> String {
    let mut text = if on_field {
        String::new()
    } else {
        indexed(table, &key.indexed)
    };
    for word in [key.order, key.nulls, key.class].into_iter().flatten() {
        let _ = write!(text, " {word}");
    }
    if let Some(collate) = key.collate {
        let _ = write!(text, " collate = {collate:?}");
    }
    text.trim_start().to_owned()
}

pub(in crate::soundness) fn indexed(table: &Table, indexed: &Indexed) -> String {
    match indexed {
        Indexed::Column(column) => table.columns[*column].field.clone(),
        Indexed::Sql(text) => sql(table, text),
    }
}

pub(in crate::soundness) fn check(table: &Table, check: &Check) -> String {
    let text = sql(table, &check.sql);
    let mut options = Vec::new();
    options.extend(check.name.as_ref().map(|name| format!("name = {name:?}")));
    if check.no_inherit {
        options.push("no_inherit".to_owned());
    }
    if check.not_valid {
        options.push("not_valid".to_owned());
    }
    if check.on_field.is_some() && options.is_empty() {
        return format!("check = {text}");
    }
    listed("check", vec![text], options)
}

pub(in crate::soundness) fn exclusion(table: &Table, exclusion: &Exclusion) -> String {
    let element = |(column, operator): &(usize, &str)| {
        format!("{} with {operator:?}", table.columns[*column].field)
    };
    let keys = exclusion.elements.iter().map(element).collect();
    let mut options = Vec::new();
    options.extend(
        exclusion
            .name
            .as_ref()
            .map(|name| format!("name = {name:?}")),
    );
    options.extend(exclusion.using.map(|using| format!("using = {using}")));
    options.extend(include(table, &exclusion.include));
    options.extend(fillfactor(exclusion.fillfactor));
    options.extend(
        exclusion
            .predicate
            .as_ref()
            .map(|text| format!("where = {}", sql(table, text))),
    );
    options.extend(
        exclusion
            .deferrable
            .map(|word| format!("deferrable = {word}")),
    );
    listed("exclude", keys, options)
}

pub(in crate::soundness) fn foreign_key(
    schema: &Schema,
    table: &Table,
    key: &ForeignKey,
) -> Vec<String> {
    let target = &schema.tables[key.table];
    let mut words = Vec::new();
    if !key.on_field {
        words.push(format!(
            "columns({})",
            names(table, &key.columns).join(", ")
        ));
    }
    words.push(format!(
        "references = {}",
        listed(&target.ident, names(target, &key.referenced), Vec::new())
    ));
    words.extend(key.name.as_ref().map(|name| format!("name = {name:?}")));
    let action = |word: &str, action: &Option<Action>| {
        let of = |action: &Action| listed(action.word, names(table, &action.columns), Vec::new());
        action
            .as_ref()
            .map(|action| format!("{word} = {}", of(action)))
    };
    words.extend(action("on_delete", &key.on_delete));
    words.extend(action("on_update", &key.on_update));
    if key.match_full {
        words.push("match_full".to_owned());
    }
    words.extend(key.deferrable.map(|word| format!("deferrable = {word}")));
    if key.not_valid {
        words.push("not_valid".to_owned());
    }
    words
}

pub(in crate::soundness) fn policy(table: &Table, policy: &Policy) -> String {
    let mut words = vec![format!("name = {:?}", policy.name)];
    if policy.restrictive {
        words.push("as = restrictive".to_owned());
    }
    words.extend(policy.command.map(|command| format!("for = {command}")));
    if !policy.roles.is_empty() {
        words.push(format!("to({})", policy.roles.join(", ")));
    }
    words.extend(
        policy
            .using
            .as_ref()
            .map(|text| format!("using = {}", sql(table, text))),
    );
    words.extend(
        policy
            .with_check
            .as_ref()
            .map(|text| format!("with_check = {}", sql(table, text))),
    );
    format!("policy({})", words.join(", "))
}

pub(in crate::soundness) fn include(table: &Table, columns: &[usize]) -> Option<String> {
    (!columns.is_empty()).then(|| format!("include({})", names(table, columns).join(", ")))
}

pub(in crate::soundness) fn names(table: &Table, columns: &[usize]) -> Vec<String> {
    columns
        .iter()
        .map(|column| table.columns[*column].field.clone())
        .collect()
}

pub(in crate::soundness) fn sql(table: &Table, text: &Text) -> String {
    let part = |part: &Part| match part {
        Part::Sql(sql) => sql.replace('{', "{{").replace('}', "}}"),
        Part::Column(column) => format!("{{{}}}", table.columns[*column].field_name()),
    };
    let text: String = text.0.iter().map(part).collect();
    format!("sql({text:?})")
}
