//! Sends a schema through a server: what two spellings have in common, only the server can tell.

use schema_core::{ddl, schema::Schema};
use tokio_postgres::Client;

use super::{Filter, IntrospectError, Introspection, UnknownObject, read_within};

/// Makes a schema in an empty database, reads it back, and takes it away again: the same schema with every expression
/// spelled as the server spells it, and everything in the order of [`read`](super::read).
///
/// # Errors
///
/// A database that is not empty, a statement that the server refuses, or as for [`read`](super::read).
pub async fn on_scratch(
    client: &mut Client,
    schema: &Schema,
) -> Result<Introspection, IntrospectError> {
    let failed = |source| IntrospectError::Query {
        what: "scratch transaction",
        source,
    };
    let mut transaction = client.transaction().await.map_err(failed)?;
    let before = read_within(&mut transaction, &Filter::default()).await?;
    refuse_content(before)?;
    // Roles are the server's, and nothing about privileges has two spellings.
    let unprivileged = Schema {
        privileges: None,
        ..schema.clone()
    };
    for statement in ddl::create(&unprivileged) {
        if let Err(source) = transaction.batch_execute(&statement).await {
            return Err(IntrospectError::Statement { statement, source });
        }
    }
    let mut after = read_within(&mut transaction, &Filter::default()).await?;
    after.schema.privileges.clone_from(&schema.privileges);
    transaction.rollback().await.map_err(failed)?;
    Ok(after)
}

/// Extensions may be there: making them can take rights that the role does not have.
fn refuse_content(before: Introspection) -> Result<(), IntrospectError> {
    let Introspection {
        schema, unknown, ..
    } = before;
    let tables = schema.tables.iter().map(|table| ("table", &table.name));
    let enums = schema.enums.iter().map(|ty| ("type", &ty.name));
    let domains = schema.domains.iter().map(|ty| ("domain", &ty.name));
    let composites = schema.composites.iter().map(|ty| ("type", &ty.name));
    let views = schema.views.iter().map(|view| ("view", &view.name));
    let sequences = schema.sequences.iter();
    let sequences = sequences.map(|sequence| ("sequence", &sequence.name));
    let collations = schema.collations.iter();
    let collations = collations.map(|collation| ("collation", &collation.name));
    let named = tables
        .chain(views)
        .chain(sequences)
        .chain(collations)
        .chain(enums)
        .chain(domains)
        .chain(composites);
    let mut objects = named.map(|(kind, name)| UnknownObject {
        kind: kind.to_owned(),
        name: name.render(),
    });
    let mut texts = schema.objects.iter().map(|object| UnknownObject {
        kind: object.kind.to_lowercase(),
        name: object.name.clone(),
    });
    match objects
        .next()
        .or(texts.next())
        .or(unknown.into_iter().next())
    {
        Some(object) => Err(IntrospectError::NotEmpty {
            object: object.to_string(),
        }),
        None => Ok(()),
    }
}
