//! Proves a plan before anybody runs it: on a copy of the schema it begins with it must run, leave the schema it is for,
//! and leave a second plan nothing to do.

use schema_core::{ddl, schema::Schema};

use crate::{
    diff::{self, Diff, Renames},
    error::{Error, ProofError},
    introspect::{self, Filter},
    plan::Plan,
    scratch::{self, Scratch},
    source::Selection,
};

/// What a plan is said to do.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// All of the schema the plan begins with, also what it leaves alone, before renames.
    pub previous: &'a Schema,
    /// What is to be there of what is meant afterwards.
    pub next: &'a Schema,
    /// What is meant.
    pub selection: &'a Selection,
}

/// Runs a plan on a copy of the previous schema and compares what is there afterwards with the next one.
///
/// The copy is made from the model, so what the model does not know is not in it.
///
/// # Errors
///
/// [`ProofError`] where the copy cannot be made, a statement fails or the result differs; otherwise as for
/// [`Scratch::with`].
///
/// # Examples
///
/// ```no_run
/// use schema_core::schema::Schema;
/// use schema_kit::{plan::Plan, proof::{self, Claim}, scratch::Scratch, source::Selection};
///
/// # async fn example(plan: Plan, previous: Schema, next: Schema, scratch: Scratch) -> Result<(), schema_kit::Error> {
/// let claim = Claim { previous: &previous, next: &next, selection: &Selection::default() };
/// proof::prove(&plan, claim, &scratch).await?;
/// print!("{}", plan.script());
/// # Ok(())
/// # }
/// ```
pub async fn prove(plan: &Plan, claim: Claim<'_>, scratch: &Scratch) -> Result<(), Error> {
    let reached = scratch
        .with(async |client| {
            scratch.make_roles(client, claim.previous).await?;
            scratch.make_roles(client, claim.next).await?;
            for statement in ddl::create(claim.previous) {
                if let Err(source) = client.batch_execute(&statement).await {
                    return Err(Error::from(ProofError::Copy { statement, source }));
                }
            }
            let total = plan.statements.len();
            for (at, statement) in plan.statements.iter().enumerate() {
                if let Err(source) = client.batch_execute(&statement.sql).await {
                    return Err(Error::from(ProofError::Statement {
                        number: at + 1,
                        total,
                        statement: statement.sql.clone(),
                        source,
                    }));
                }
            }
            let filter = Filter {
                privileges: claim.next.privileges.is_some(),
                ..Filter::default()
            };
            let reached = introspect::read(client, &filter).await?.schema;
            Ok((reached, scratch::current_user(client).await?))
        })
        .await?;
    let (reached, owner) = reached;
    let reached = claim.selection.apply(&reached);
    let next = &without_grants_to(claim.next, &owner);
    if differences(&reached, next).is_empty() {
        return Ok(());
    }
    // A server of another version may spell the next schema in another way; one that cannot hold it does not tell.
    let spelled = scratch.spell(claim.next).await.map(|found| found.schema);
    let spelled = spelled.map(|spelled| without_grants_to(&spelled, &owner));
    let next = spelled.as_ref().unwrap_or(next);
    let differences = differences(&reached, next);
    if differences.is_empty() {
        Ok(())
    } else {
        Err(Error::from(ProofError::Differs { differences }))
    }
}

/// All that is made on a scratch database is one role's, and what an owner may is no privilege.
fn without_grants_to(schema: &Schema, owner: &str) -> Schema {
    let mut schema = schema.clone();
    if let Some(privileges) = &mut schema.privileges {
        privileges.objects.retain(|on, grants| {
            grants.retain(|grant| grant.grantee.as_deref() != Some(owner));
            *grants != on.default_grants()
        });
    }
    schema
}

/// What another plan would have to do, in words.
fn differences(reached: &Schema, next: &Schema) -> Vec<String> {
    let reached = diff::align(reached, next, &Renames::default());
    Diff::between(&reached, next).summary()
}
