//! Asks the catalogs everything, and keeps the answers as they came.

use std::collections::BTreeSet;

use futures_util::future::{try_join, try_join_all};
use tokio_postgres::{
    GenericClient, Row,
    types::{FromSql, ToSql, Type},
};

use super::{Filter, IntrospectError, queries};

/// The oldest supported server: 14, as `server_version_num` writes it.
const OLDEST: i32 = 140_000;

/// The answers of one snapshot of a database.
#[derive(Debug)]
pub(super) struct Answers {
    /// The server's version, as `server_version_num` writes it.
    pub(super) version: i32,
    pub(super) namespaces: Answer,
    pub(super) extensions: Answer,
    pub(super) members: Answer,
    pub(super) relations: Answer,
    pub(super) views: Answer,
    pub(super) view_dependencies: Answer,
    pub(super) columns: Answer,
    pub(super) types_used: Answer,
    pub(super) collations: Answer,
    pub(super) operator_classes: Answer,
    pub(super) constraints: Answer,
    pub(super) indexes: Answer,
    pub(super) policies: Answer,
    pub(super) types: Answer,
    pub(super) comments: Answer,
    pub(super) sequences: Answer,
    pub(super) own_collations: Answer,
    /// All of one form.
    pub(super) objects: Vec<Answer>,
    pub(super) dependencies: Answer,
    pub(super) unknown: Answer,
    /// What is granted, and what will be, where that was asked for.
    pub(super) privileges: Option<(Answer, Answer)>,
}

/// The rows of one answer, and what they are about.
#[derive(Debug)]
pub(super) struct Answer {
    what: &'static str,
    rows: Vec<Row>,
}

impl Answer {
    /// The rows, each to be read from the first column on.
    pub(super) fn rows(&self) -> impl Iterator<Item = Fields<'_>> {
        self.rows.iter().map(|row| Fields {
            row,
            at: 0,
            what: self.what,
        })
    }
}

/// The columns of a row, in the order in which they were asked for.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a> {
    row: &'a Row,
    at: usize,
    what: &'static str,
}

impl<'a> Fields<'a> {
    /// Reads the next column.
    pub(super) fn next<T: FromSql<'a>>(&mut self) -> Result<T, IntrospectError> {
        self.at += 1;
        let value = self.row.try_get(self.at - 1);
        value.map_err(|error| self.error(format!("column {}: {error}", self.at)))
    }

    /// Passes over columns.
    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// The error of a row that says what cannot be.
    pub(super) fn error(&self, reason: String) -> IntrospectError {
        IntrospectError::Decode {
            what: self.what,
            reason,
        }
    }
}

/// Asks everything, inside a transaction.
pub(super) async fn fetch(
    client: &impl GenericClient,
    filter: &Filter,
) -> Result<Answers, IntrospectError> {
    let failed = |source| IntrospectError::Query {
        what: "settings",
        source,
    };
    client
        .batch_execute(queries::SET_UP)
        .await
        .map_err(failed)?;
    let version = version(client).await?;
    let namespaces = namespaces(client, filter).await?;
    let oids = namespaces
        .rows()
        .map(|mut fields| fields.next())
        .collect::<Result<Vec<u32>, _>>()?;
    let is_all = filter.namespaces.is_empty();
    let within: Parameters<'_, 1> = [(&oids, Type::OID_ARRAY)];
    let both: Parameters<'_, 2> = [(&oids, Type::OID_ARRAY), (&is_all, Type::BOOL)];
    let [relations, columns, types] = all(
        client,
        [
            ("tables", queries::RELATIONS, &within),
            ("columns", queries::COLUMNS, &within),
            ("types", queries::TYPES, &within),
        ],
    )
    .await?;
    let types_used = types_used(client, &columns, &types).await?;
    let privileges = match filter.privileges {
        true => Some(privileges(client, &both).await?),
        false => None,
    };
    let [
        views,
        view_dependencies,
        constraints,
        indexes,
        policies,
        sequences,
    ] = parts(client, version, &within).await?;
    let [
        extensions,
        members,
        collations,
        operator_classes,
        own_collations,
        comments,
        unknown,
    ] = looked_up(client, version, &both).await?;
    let (objects, dependencies) = objects(client, version, &both).await?;
    Ok(Answers {
        version,
        namespaces,
        extensions,
        members,
        relations,
        views,
        view_dependencies,
        columns,
        types_used,
        collations,
        operator_classes,
        constraints,
        indexes,
        policies,
        types,
        comments,
        sequences,
        own_collations,
        objects,
        dependencies,
        unknown,
        privileges,
    })
}

/// What is granted, and what will be.
async fn privileges(
    client: &impl GenericClient,
    both: &Parameters<'_, 2>,
) -> Result<(Answer, Answer), IntrospectError> {
    let questions: [Question<'_>; 2] = [
        ("privileges", queries::privilege::PRIVILEGES, both),
        ("default privileges", queries::privilege::DEFAULTS, both),
    ];
    let [granted, default] = all(client, questions).await?;
    Ok((granted, default))
}

/// What tables, views and types have.
async fn parts(
    client: &impl GenericClient,
    version: i32,
    within: &Parameters<'_, 1>,
) -> Result<[Answer; 6], IntrospectError> {
    let (constraints, indexes) = (queries::constraints(version), queries::indexes(version));
    let questions = [
        ("views", queries::VIEWS),
        ("views", queries::VIEW_DEPENDENCIES),
        ("constraints", &constraints),
        ("indexes", &indexes),
        ("policies", queries::POLICIES),
        ("sequences", queries::SEQUENCES),
    ];
    all(
        client,
        questions.map(|(what, sql)| (what, sql, within.as_slice())),
    )
    .await
}

/// What is looked up for all of them.
async fn looked_up(
    client: &impl GenericClient,
    version: i32,
    both: &Parameters<'_, 2>,
) -> Result<[Answer; 7], IntrospectError> {
    let within = &both[..1];
    let own_collations = queries::own_collations(version);
    let unknown = queries::unknown(version);
    let questions: [Question<'_>; 7] = [
        ("extensions", queries::EXTENSIONS, &[]),
        ("members of extensions", queries::MEMBERS, &[]),
        ("collations", queries::COLLATIONS, &[]),
        ("operator classes", queries::OPERATOR_CLASSES, &[]),
        ("collations", &own_collations, within),
        ("comments", queries::COMMENTS, &[]),
        ("other objects", &unknown, both),
    ];
    all(client, questions).await
}

/// The objects that are kept as text, each kind by itself, and what they need.
async fn objects(
    client: &impl GenericClient,
    version: i32,
    both: &Parameters<'_, 2>,
) -> Result<(Vec<Answer>, Answer), IntrospectError> {
    let within = &both[..1];
    let mut kinds = queries::object::kinds(version);
    let which = queries::object::which(&kinds);
    let which = ask(client, "kinds of objects", &which, both).await?;
    let mut there = only_row(&which)?.next::<Vec<bool>>()?.into_iter();
    kinds.retain(|_| there.next().unwrap_or_default());
    let asked = kinds.iter().map(|kind| {
        let parameters: &[_] = if kind.of_database { &[] } else { within };
        ask(client, kind.what, &kind.sql, parameters)
    });
    let needed = async {
        match kinds[..] {
            [] => Ok(Answer {
                what: "dependencies",
                rows: Vec::new(),
            }),
            _ => ask(client, "dependencies", queries::object::DEPENDENCIES, &[]).await,
        }
    };
    try_join(try_join_all(asked), needed).await
}

async fn version(client: &impl GenericClient) -> Result<i32, IntrospectError> {
    let answer = ask(client, "versions", queries::VERSION, &[]).await?;
    let mut fields = only_row(&answer)?;
    let number = fields.next()?;
    if number < OLDEST {
        return Err(IntrospectError::ServerTooOld {
            version: fields.next()?,
        });
    }
    Ok(number)
}

fn only_row(answer: &Answer) -> Result<Fields<'_>, IntrospectError> {
    answer.rows().next().ok_or_else(|| IntrospectError::Decode {
        what: answer.what,
        reason: "it says nothing".to_owned(),
    })
}

/// The namespaces to be read.
async fn namespaces(
    client: &impl GenericClient,
    filter: &Filter,
) -> Result<Answer, IntrospectError> {
    let mut answer = ask(client, "namespaces", queries::NAMESPACES, &[]).await?;
    if !filter.namespaces.is_empty() {
        let is_wanted = |row: &Row| {
            row.try_get(1)
                .is_ok_and(|name: &str| filter.namespaces.contains(name))
        };
        answer.rows.retain(is_wanted);
    }
    Ok(answer)
}

/// Every type that a column has or a domain is made over, once.
async fn types_used(
    client: &impl GenericClient,
    columns: &Answer,
    types: &Answer,
) -> Result<Answer, IntrospectError> {
    let mut used: BTreeSet<(u32, i32)> = BTreeSet::new();
    for mut fields in columns.rows() {
        fields.skip(3);
        used.insert((fields.next()?, fields.next()?));
    }
    for mut fields in types.rows() {
        fields.skip(5);
        used.insert((fields.next()?, fields.next()?));
    }
    let (oids, modifiers): (Vec<u32>, Vec<i32>) = used.into_iter().unzip();
    let parameters: [(&(dyn ToSql + Sync), Type); 2] =
        [(&oids, Type::OID_ARRAY), (&modifiers, Type::INT4_ARRAY)];
    ask(client, "types in use", queries::TYPES_USED, &parameters).await
}

type Parameters<'a, const N: usize> = [(&'a (dyn ToSql + Sync), Type); N];

/// A question: what it is about, its SQL and its parameters.
type Question<'a> = (&'static str, &'a str, &'a [(&'a (dyn ToSql + Sync), Type)]);

/// Asks several things at once: the server has the next question when it has answered the last.
async fn all<const N: usize>(
    client: &impl GenericClient,
    questions: [Question<'_>; N],
) -> Result<[Answer; N], IntrospectError> {
    let asked = questions.map(|(what, sql, parameters)| ask(client, what, sql, parameters));
    let answers = try_join_all(asked).await?;
    Ok(answers.try_into().expect("each question has an answer"))
}

async fn ask(
    client: &impl GenericClient,
    what: &'static str,
    sql: &str,
    parameters: &[(&(dyn ToSql + Sync), Type)],
) -> Result<Answer, IntrospectError> {
    match client.query_typed(sql, parameters).await {
        Ok(rows) => Ok(Answer { what, rows }),
        Err(source) => Err(IntrospectError::Query { what, source }),
    }
}
