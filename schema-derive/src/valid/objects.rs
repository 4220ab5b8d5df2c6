//! Rules of objects known as SQL text.

use quote::ToTokens as _;
use syn::Path;

use super::names::identifier;
use crate::{
    ast::{Dependency, Object, ObjectPart, ObjectTable, Schema, Spanned},
    code,
    ctxt::Ctxt,
    suggest,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, schema: &Schema) {
    for (at, object) in schema.objects.iter().enumerate() {
        named(cx, object);
        once(cx, &schema.objects[..at], object);
        known(cx, schema, object);
        no_circle(cx, schema, at);
    }
}

fn named(cx: &Ctxt, object: &Object) {
    let name = Spanned {
        value: object.identity.name.clone(),
        span: object.text.span,
    };
    if object.identity.kind != "CAST" {
        identifier(
            cx,
            &name,
            &format!("{} name", object.identity.kind.to_lowercase()),
        );
    }
}

/// The server would refuse the second, or replace the first.
fn once(cx: &Ctxt, earlier: &[Object], object: &Object) {
    let identity = |object: &Object| {
        let identity = &object.identity;
        let table = identity.table.as_ref().map(|table| match table {
            ObjectTable::Listed(path) => written(path),
            ObjectTable::Named(namespace, name) => format!("{namespace}.{name}"),
        });
        let arguments = identity.arguments.as_ref().map(|parts| {
            let parts = parts.iter().map(|part| match part {
                ObjectPart::Text(text) => text.clone(),
                ObjectPart::Table(path) | ObjectPart::Column(path, _) => written(path),
            });
            let text: String = parts.collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        (
            identity.kind.clone(),
            identity.namespace.clone(),
            identity.name.clone(),
            identity.method.clone(),
            table,
            arguments,
        )
    };
    if earlier
        .iter()
        .any(|other| identity(other) == identity(object))
    {
        cx.error(
            code::OBJECT_LISTED_TWICE,
            object.text.span,
            format_args!("{} is listed twice", describe(object)),
            "list it once, or give one of them another name",
        );
    }
}

/// A dependency is on something that is there.
fn known(cx: &Ctxt, schema: &Schema, object: &Object) {
    let objects = schema
        .objects
        .iter()
        .map(|object| object.identity.name.as_str());
    let sequences = schema
        .sequences
        .iter()
        .map(|sequence| sequence.name.value.as_str());
    let mut names: Vec<&str> = objects.chain(sequences).collect();
    names.retain(|name| !name.is_empty());
    for dependency in &object.depends {
        let Dependency::Object(name) = dependency else {
            continue;
        };
        if !names.contains(&name.value.as_str()) {
            let near = suggest::nearest(&name.value, &names);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a function or other object of `objects`, or a table by its struct"
                    .to_owned(),
            };
            let wrong = format_args!("this schema has no object `{}`", name.value);
            cx.error(code::UNKNOWN_OBJECT, name.span, wrong, help);
        }
    }
}

/// Nothing can be created after itself. What the words of a text show is looked at when the schema is built.
fn no_circle(cx: &Ctxt, schema: &Schema, start: usize) {
    // Each object on the way from the first, with how that is known.
    let mut open = vec![vec![start]];
    let mut seen = vec![start];
    while let Some(way) = open.pop() {
        let last = way.last().copied().unwrap_or(start);
        for next in needed(schema, last) {
            if next == start {
                // Told once, at the first object of the circle.
                if way.iter().all(|at| *at >= start) {
                    circle(cx, schema, &way);
                }
                return;
            }
            if !seen.contains(&next) {
                seen.push(next);
                let mut longer = way.clone();
                longer.push(next);
                open.push(longer);
            }
        }
    }
}

/// The objects this one needs, by name or because a table it needs must come behind them.
fn needed(schema: &Schema, at: usize) -> Vec<usize> {
    let object = &schema.objects[at];
    let tables: Vec<String> = tables(object).map(written).collect();
    let all = schema.objects.iter().enumerate();
    let is_needed = |other: &Object| {
        let by_name = object.depends.iter().any(|dependency| {
            matches!(dependency, Dependency::Object(name) if name.value == other.identity.name)
        });
        by_name
            || other
                .before
                .iter()
                .any(|path| tables.contains(&written(path)))
    };
    all.filter(|(_, other)| is_needed(other))
        .map(|(at, _)| at)
        .collect()
}

fn tables(object: &Object) -> impl Iterator<Item = &Path> {
    let named = object.text.parts.iter().filter_map(ObjectPart::table);
    named.chain(
        object
            .depends
            .iter()
            .filter_map(|dependency| match dependency {
                Dependency::Table(path) => Some(path),
                Dependency::Object(_) => None,
            }),
    )
}

fn circle(cx: &Ctxt, schema: &Schema, way: &[usize]) {
    let first = &schema.objects[way[0]];
    let names = way.iter().skip(1).chain(&way[..1]);
    let names: Vec<String> = names.map(|at| describe(&schema.objects[*at])).collect();
    let wrong = if way.len() == 1 {
        format!(
            "{} must come both before and behind one table, or itself",
            describe(first)
        )
    } else {
        format!("{} needs {}", describe(first), names.join(", which needs "))
    };
    cx.error(code::OBJECT_CIRCLE,
        first.text.span,
        wrong,
        "nothing can be created first: take one of these out of `depends(…)`, `before(…)` or the text",
    );
}

fn describe(object: &Object) -> String {
    let kind = object.identity.kind.to_lowercase();
    match object.identity.name.as_str() {
        "" => format!("this {kind}"),
        name => format!("{kind} `{name}`"),
    }
}

fn written(path: &Path) -> String {
    path.to_token_stream().to_string()
}
