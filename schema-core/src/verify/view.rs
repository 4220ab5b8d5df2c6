//! Views against the tables and views they read.

use super::{
    code::{self, Code},
    column::fits,
    foreign_key::by_field,
    message::{Message, same_table},
    schema::Relations,
};
use crate::def::{ColumnDef, ListedDef, SchemaDef, TableDef, ViewDef};

/// What is known of NULL in a result that is one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// It is NULL where the column is.
    AsColumn,
    /// It is NULL also where an outer join found nothing.
    Outer,
    /// The query may leave NULL out.
    Unknown,
}

/// Checks that a view's column holds the column its query gives for it.
#[track_caller]
pub const fn view_column(
    view: &TableDef,
    index: usize,
    source: &TableDef,
    field: &str,
    nulls: Nulls,
) {
    // What does not exist has its error elsewhere.
    let Some(given) = by_field(source, field) else {
        return;
    };
    let column = &view.columns[index];
    if !fits(column.facts, &given.sql_type) {
        misfit(view, column, source, given);
    }
    if let (Some(entity), Some(other)) = (&column.entity, &given.entity)
        && !same_table(entity, other)
    {
        begin(code::VIEW_ID, view, column)
            .text(&["an id of `"])
            .table(entity)
            .push("`, but the query gives ")
            .column(source, given.name)
            .push(", an id of `")
            .table(other)
            .push("`\nhelp: give the field the type of that column")
            .fail()
    }
    let why = match nulls {
        Nulls::Outer => ", which is NULL where the outer join finds no row",
        Nulls::AsColumn if given.nullable => ", which may be NULL",
        _ => return,
    };
    if !column.nullable {
        begin(code::VIEW_NULL, view, column)
            .push("never NULL, but the query gives ")
            .column(source, given.name)
            .push(why)
            .push("\nhelp: make the field an `Option`; where the query leaves NULL out, write the column in parentheses")
            .fail()
    }
}

/// `` column `view.column` is ``
const fn begin(code: Code, view: &TableDef, column: &ColumnDef) -> Message {
    let mut message = Message::new(code);
    message
        .push("column ")
        .column(view, column.name)
        .push(" is ");
    message
}

#[track_caller]
const fn misfit(view: &TableDef, column: &ColumnDef, source: &TableDef, given: &ColumnDef) -> ! {
    begin(code::VIEW_MISFIT, view, column)
        .sql_types(
            column.facts.sql_types,
            if column.facts.array { "[]" } else { "" },
        )
        .push(" by its field's type, but the query gives ")
        .column(source, given.name)
        .push(", which is ")
        .sql_type(&given.sql_type)
        .push("\nhelp: change the field's type, or cast in the query")
        .fail()
}

/// Checks what a listed view uses: that all of it is listed, that the view is not made of itself, and that there are rows
/// to fill it with.
#[track_caller]
pub(super) const fn used<const N: usize>(
    schema: &SchemaDef,
    listed: &[ListedDef],
    relations: &Relations<N>,
    view: &ViewDef,
) {
    let mut i = 0;
    while i < view.uses.len() {
        if relations.listed(&view.uses[i].name).is_none() {
            unlisted(schema, view.relation, view.uses[i]);
        }
        i += 1;
    }
    // What a name means that two have is not known.
    if !relations.has_taken() {
        circle(listed, relations, view);
        filled(listed, relations, view);
    }
}

/// Checks that no view is made of itself, directly or through others.
#[track_caller]
const fn circle<const N: usize>(listed: &[ListedDef], relations: &Relations<N>, view: &ViewDef) {
    let Some(own) = relations.listed(&view.relation.name) else {
        return;
    };
    let mut i = 0;
    while i < view.uses.len() {
        if let Some(next) = relations.listed(&view.uses[i].name) {
            if next == own {
                Message::new(code::VIEW_CIRCLE)
                    .push("view `")
                    .table(&view.relation.name)
                    .push("` reads itself\nhelp: a view that repeats itself is one query: `WITH RECURSIVE`")
                    .fail()
            }
            if let Some(last) = leads_back(listed, relations, next, own) {
                Message::new(code::VIEW_CIRCLE)
                    .push("view `")
                    .table(&view.relation.name)
                    .push("` reads `")
                    .table(&listed[next].relation().name)
                    .push("`, which reads it in turn through `")
                    .table(&listed[last].relation().name)
                    .push("`\nhelp: of two views, one is made first: take one of them out of the other's query")
                    .fail()
            }
        }
        i += 1;
    }
}

/// The last view on a way from one view to another, if there is one over views listed behind that other: a circle is
/// told at the first of its views alone.
const fn leads_back<const N: usize>(
    listed: &[ListedDef],
    relations: &Relations<N>,
    from: usize,
    to: usize,
) -> Option<usize> {
    let mut walk = Walk::<N>::from(from);
    while let Some(at) = walk.next() {
        if let ListedDef::View(view) = &listed[at]
            && at > to
        {
            let mut i = 0;
            while i < view.uses.len() {
                match relations.listed(&view.uses[i].name) {
                    Some(next) if next == to => return Some(at),
                    Some(next) => walk.add(next),
                    None => {}
                }
                i += 1;
            }
        }
    }
    None
}

/// Checks that a materialized view which is filled when it is made reads none that is made `with_no_data`, itself or through
/// plain views: such a one cannot be read until it is refreshed.
#[track_caller]
const fn filled<const N: usize>(listed: &[ListedDef], relations: &Relations<N>, view: &ViewDef) {
    let Some(own) = relations.listed(&view.relation.name) else {
        return;
    };
    if !view.materialized || view.with_no_data {
        return;
    }
    let mut walk = Walk::<N>::from(own);
    while let Some(at) = walk.next() {
        let ListedDef::View(read) = &listed[at] else {
            continue;
        };
        if read.with_no_data {
            Message::new(code::VIEW_UNFILLED)
                .push("materialized view `")
                .table(&view.relation.name)
                .push("` is filled when it is made, but reads `")
                .table(&read.relation.name)
                .push("`, which is made `with_no_data`\nhelp: write `with_no_data` for both or for none")
                .fail()
        }
        if at == own || !read.materialized {
            let mut i = 0;
            while i < read.uses.len() {
                if let Some(next) = relations.listed(&read.uses[i].name) {
                    walk.add(next);
                }
                i += 1;
            }
        }
    }
}

/// A walk through a schema's list, which comes to each place once.
struct Walk<const N: usize> {
    seen: [bool; N],
    /// The places to come; there are more slots than places.
    stack: [usize; N],
    height: usize,
}

impl<const N: usize> Walk<N> {
    const fn from(place: usize) -> Self {
        let mut walk = Self {
            seen: [false; N],
            stack: [0; N],
            height: 0,
        };
        walk.add(place);
        walk
    }

    const fn add(&mut self, place: usize) {
        if !self.seen[place] {
            self.seen[place] = true;
            self.stack[self.height] = place;
            self.height += 1;
        }
    }

    const fn next(&mut self) -> Option<usize> {
        if self.height == 0 {
            return None;
        }
        self.height -= 1;
        Some(self.stack[self.height])
    }
}

#[track_caller]
const fn unlisted(schema: &SchemaDef, view: &TableDef, used: &TableDef) -> ! {
    Message::new(code::READS_UNLISTED)
        .push("view `")
        .table(&view.name)
        .push("` reads `")
        .table(&used.name)
        .text(&[
            "`, which schema `",
            schema.name,
            "` does not list\nhelp: add `",
        ])
        .text(&[used.location.rust_name, "` to the list"])
        .fail()
}
