//! Views, plain and materialized.

use std::collections::BTreeMap;

use schema_core::schema::{CheckOption, Expression, QualifiedName, SqlType, View, ViewColumn};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Unknown, list, options,
};

/// Views by object identifier.
pub(super) type Views = BTreeMap<u32, View>;
/// The types of each view's columns.
pub(super) type ViewTypes = BTreeMap<QualifiedName, Vec<SqlType>>;

/// Every view, without its indexes, and the types of its columns.
pub(super) fn views(
    answers: &Answers,
    lookup: &Lookup,
    unknown: &mut Unknown,
) -> Result<(Views, ViewTypes), IntrospectError> {
    let mut views = Views::new();
    for mut fields in answers.views.rows() {
        let oid = fields.next()?;
        let Some(name) = lookup.qualified(fields.next()?, fields.next()?) else {
            continue;
        };
        if !lookup.is_member(Class::Relation, oid) {
            let comment = lookup.comment(Class::Relation, oid, 0);
            let view = view(name, fields)?;
            views.insert(oid, View { comment, ..view });
        }
    }
    let types = columns(answers, lookup, &mut views, unknown)?;
    for mut fields in answers.view_dependencies.rows() {
        let view = fields.next()?;
        if let Some(view) = views.get_mut(&view) {
            let used = QualifiedName::new(fields.next::<&str>()?, fields.next::<&str>()?);
            view.depends_on.push(used);
        }
    }
    Ok((views, types))
}

fn view(name: QualifiedName, mut fields: Fields<'_>) -> Result<View, IntrospectError> {
    let materialized = fields.next()?;
    let query: &str = fields.next()?;
    let mut with = options(fields.next()?);
    let check_option = with.remove("check_option").map(|word| match word.as_str() {
        "local" => CheckOption::Local,
        _ => CheckOption::Cascaded,
    });
    let query = query.trim();
    let query = query.strip_suffix(';').unwrap_or(query);
    let query = Expression::new(list::without_cast(query));
    Ok(View {
        materialized,
        with,
        check_option,
        with_no_data: !fields.next::<bool>()?,
        tablespace: fields.next()?,
        method: fields.next()?,
        ..View::new(name, query)
    })
}

fn columns(
    answers: &Answers,
    lookup: &Lookup,
    views: &mut Views,
    unknown: &mut Unknown,
) -> Result<ViewTypes, IntrospectError> {
    let mut types = ViewTypes::new();
    for mut fields in answers.columns.rows() {
        let relation = fields.next()?;
        let number: i16 = fields.next()?;
        let Some(view) = views.get_mut(&relation) else {
            continue;
        };
        let name: String = fields.next()?;
        let Some(ty) = lookup.type_used(fields.next()?, fields.next()?) else {
            return Err(fields.error(format!("column `{name}` of {} has no type", view.name)));
        };
        let of_view = types.entry(view.name.clone()).or_default();
        of_view.push(ty.sql_type.clone());
        fields.skip(2);
        let has_default = fields.next::<Option<&str>>()?.is_some();
        fields.skip(4);
        let compression: &str = fields.next()?;
        let statistics: i32 = fields.next()?;
        let has_options = fields.next::<Option<Vec<String>>>()?.is_some();
        let own = [
            ("default of view column", has_default),
            ("compression of view column", !compression.is_empty()),
            ("statistics target of view column", statistics >= 0),
            ("options of view column", has_options),
        ];
        for (kind, _) in own.iter().filter(|(_, is_own)| *is_own) {
            let column = schema_core::ident::quote(&name);
            unknown.push(*kind, format!("{}.{column}", view.name.render()));
        }
        view.columns.push(ViewColumn {
            name,
            comment: lookup.comment(Class::Relation, relation, number.into()),
        });
    }
    Ok(types)
}
