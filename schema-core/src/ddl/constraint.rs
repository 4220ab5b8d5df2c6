//! Constraints, inside `CREATE TABLE` and by
//! [`ALTER TABLE`](https://www.postgresql.org/docs/current/sql-altertable.html).

use super::{
    index::{render_include, render_key, render_with},
    name_list,
};
use crate::{
    ident::quote,
    schema::{
        Check, Deferrable, Exclusion, ExclusionElement, ForeignKey, PrimaryKey, QualifiedName,
        ReferentialAction, Unique,
    },
};

/// Renders `ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY`.
#[must_use]
pub fn add_primary_key(table: &QualifiedName, key: &PrimaryKey) -> String {
    add(table, &render_primary_key(key))
}

/// Renders `ALTER TABLE … ADD CONSTRAINT … UNIQUE`.
#[must_use]
pub fn add_unique(table: &QualifiedName, unique: &Unique) -> String {
    add(table, &render_unique(unique))
}

/// Renders `ALTER TABLE … ADD CONSTRAINT … EXCLUDE`.
#[must_use]
pub fn add_exclusion(table: &QualifiedName, exclusion: &Exclusion) -> String {
    add(table, &render_exclusion(exclusion))
}

/// Renders `ALTER TABLE … ADD CONSTRAINT … CHECK`, `NOT VALID` where the check is.
#[must_use]
pub fn add_check(table: &QualifiedName, check: &Check) -> String {
    let not_valid = if check.not_valid { " NOT VALID" } else { "" };
    format!("{}{not_valid}", add(table, &render_check(check)))
}

/// Renders `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY`, `NOT VALID` where the foreign key is.
#[must_use]
pub fn add_foreign_key(table: &QualifiedName, foreign_key: &ForeignKey) -> String {
    let not_valid = if foreign_key.not_valid {
        " NOT VALID"
    } else {
        ""
    };
    format!(
        "{}{not_valid}",
        add(table, &render_foreign_key(foreign_key))
    )
}

fn add(table: &QualifiedName, constraint: &str) -> String {
    format!("ALTER TABLE {} ADD {constraint}", table.render())
}

pub(super) fn render_primary_key(key: &PrimaryKey) -> String {
    format!(
        "CONSTRAINT {} PRIMARY KEY {}{}{}{}",
        quote(&key.name),
        name_list(&key.columns),
        render_include(&key.include),
        render_with(&key.with),
        render_deferrable(key.deferrable),
    )
}

pub(super) fn render_unique(unique: &Unique) -> String {
    format!(
        "CONSTRAINT {} UNIQUE{} {}{}{}{}",
        quote(&unique.name),
        if unique.nulls_not_distinct {
            " NULLS NOT DISTINCT"
        } else {
            ""
        },
        name_list(&unique.columns),
        render_include(&unique.include),
        render_with(&unique.with),
        render_deferrable(unique.deferrable),
    )
}

pub(super) fn render_check(check: &Check) -> String {
    format!(
        "CONSTRAINT {} CHECK {}{}",
        quote(&check.name),
        check.expression.parenthesized(),
        if check.no_inherit { " NO INHERIT" } else { "" },
    )
}

pub(super) fn render_exclusion(exclusion: &Exclusion) -> String {
    let element = |element: &ExclusionElement| {
        format!("{} WITH {}", render_key(&element.key), element.operator)
    };
    let elements: Vec<String> = exclusion.elements.iter().map(element).collect();
    let predicate = exclusion.predicate.as_ref();
    format!(
        "CONSTRAINT {} EXCLUDE USING {} ({}){}{}{}{}",
        quote(&exclusion.name),
        quote(&exclusion.method),
        elements.join(", "),
        render_include(&exclusion.include),
        render_with(&exclusion.with),
        predicate.map_or(String::new(), |sql| format!(
            " WHERE {}",
            sql.parenthesized()
        )),
        render_deferrable(exclusion.deferrable),
    )
}

pub(super) fn render_foreign_key(foreign_key: &ForeignKey) -> String {
    let mut text = format!(
        "CONSTRAINT {} FOREIGN KEY {} REFERENCES {} {}",
        quote(&foreign_key.name),
        name_list(&foreign_key.columns),
        foreign_key.referenced_table.render(),
        name_list(&foreign_key.referenced_columns),
    );
    if foreign_key.match_full {
        text.push_str(" MATCH FULL");
    }
    for (event, action) in [
        ("UPDATE", &foreign_key.on_update),
        ("DELETE", &foreign_key.on_delete),
    ] {
        if *action != ReferentialAction::NoAction {
            text.push_str(&format!(" ON {event} {}", render_action(action)));
        }
    }
    text + render_deferrable(foreign_key.deferrable)
}

fn render_action(action: &ReferentialAction) -> String {
    let with_columns = |action: &str, columns: &[String]| match columns {
        [] => action.to_owned(),
        columns => format!("{action} {}", name_list(columns)),
    };
    match action {
        ReferentialAction::NoAction => "NO ACTION".to_owned(),
        ReferentialAction::Restrict => "RESTRICT".to_owned(),
        ReferentialAction::Cascade => "CASCADE".to_owned(),
        ReferentialAction::SetNull(columns) => with_columns("SET NULL", columns),
        ReferentialAction::SetDefault(columns) => with_columns("SET DEFAULT", columns),
    }
}

pub(super) fn render_deferrable(deferrable: Option<Deferrable>) -> &'static str {
    match deferrable {
        None => "",
        Some(Deferrable::InitiallyImmediate) => " DEFERRABLE",
        Some(Deferrable::InitiallyDeferred) => " DEFERRABLE INITIALLY DEFERRED",
    }
}
