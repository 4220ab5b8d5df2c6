//! Tries one row on the server: makes the old schema, reads both, plans, runs the plan statement by statement over rows,
//! and holds what is there against a fresh build of the new schema: through `pg_dump`, through introspection, and by
//! planning again. Then all of it the other way round, in the same database.

use schema_core::schema::{QualifiedName, Schema};
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter},
    plan::{HazardKind, Plan, PlanError, Statement},
};
use tests::{TestDatabase, dump::dump};
use tokio_postgres::Client;

use super::{
    generate,
    row::Row,
    survival::{self, Holding},
};

/// Takes everything away that users make, but roles.
const RESET: &str = r"
DO $$ DECLARE command text; catalog text; BEGIN
    FOREACH catalog IN ARRAY ARRAY[
        'SELECT format(''DROP TABLE IF EXISTS %s CASCADE'', c.oid::regclass) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN (''r'', ''p'') AND nspname !~ ''^pg_'' AND nspname <> ''information_schema''
                AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = ''e'')',
        'SELECT format(''DROP EVENT TRIGGER IF EXISTS %I CASCADE'', evtname) FROM pg_event_trigger',
        'SELECT format(''DROP PUBLICATION IF EXISTS %I CASCADE'', pubname) FROM pg_publication',
        'SELECT format(''DROP EXTENSION IF EXISTS %I CASCADE'', extname) FROM pg_extension WHERE extname <> ''plpgsql''',
        'SELECT format(''DROP SCHEMA IF EXISTS %I CASCADE'', nspname) FROM pg_namespace
            WHERE nspname !~ ''^pg_'' AND nspname <> ''information_schema''',
        'SELECT format(''DROP CAST (%s AS %s)'', castsource::regtype, casttarget::regtype) FROM pg_cast WHERE oid >= 16384',
        'SELECT format(''DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE'', fdwname) FROM pg_foreign_data_wrapper',
        'SELECT format(''DROP ACCESS METHOD IF EXISTS %I CASCADE'', amname) FROM pg_am WHERE oid >= 16384']
    LOOP
        FOR command IN EXECUTE catalog LOOP EXECUTE command; END LOOP;
    END LOOP;
END $$;
CREATE SCHEMA public; COMMENT ON SCHEMA public IS 'standard public schema';
ALTER SCHEMA public OWNER TO pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;";

/// Roles for privileges and policies; all databases of a server share them.
const ROLES: &str = "\
DO $$ DECLARE role text; BEGIN
    FOREACH role IN ARRAY ARRAY['alice', 'bob'] LOOP
        BEGIN EXECUTE format('CREATE ROLE %I', role); EXCEPTION WHEN duplicate_object OR unique_violation THEN END;
    END LOOP;
END $$";

/// What stands between two statements of a sorted dump.
const SEPARATOR: &str = "-- ";

/// The two databases that rows are tried in, one after the other.
pub(super) struct Bench {
    /// The first two digits of the server's version.
    pub(super) release: u32,
    /// Where plans run.
    live: Place,
    /// Where the new schema is built.
    fresh: Place,
}

struct Place {
    database: TestDatabase,
    client: Client,
}

/// A schema as both judges see it.
struct State {
    schema: Schema,
    dump: String,
}

/// How a plan is to run.
#[derive(Clone, Copy)]
struct Way<'r> {
    hints: &'r [&'r str],
    remade: &'r [&'r str],
    /// Whether rows may be taken away that a statement says it could fail on.
    may_clear: bool,
    /// Whether it is no difference which columns a table that inherits declares itself.
    any_local: bool,
}

impl Bench {
    pub(super) async fn new() -> Self {
        let (live, fresh) = (Place::new().await, Place::new().await);
        live.client.batch_execute(ROLES).await.unwrap();
        let row = live.client.query_one("SHOW server_version_num", &[]).await;
        let number: String = row.unwrap().get(0);
        Self {
            release: number.parse::<u32>().unwrap() / 10_000,
            live,
            fresh,
        }
    }

    /// Tries a row, and notes in it how it came out.
    pub(super) async fn run(&mut self, row: &mut Row) -> Result<(), String> {
        let new = self.fresh.make(&row.new_side()).await?;
        let old = self.live.make(&row.old_side()).await?;
        let is_filled = self.live.insert(row, &old.schema).await?;
        let way = Way {
            hints: &row.renames(),
            remade: &row.remade(),
            may_clear: !is_filled,
            any_local: row.is_local_left_out(),
        };
        let plan = plan(&old.schema, &new.schema, way.hints)?;
        let text = plan.as_ref().map(Plan::script).map_err(refusal);
        let Ok(plan) = plan else {
            row.set_plan(text);
            return self.try_back(row, &new, &old).await;
        };
        let reached = self.live.reach(&plan, way, (&old, &new)).await;
        row.set_plan(text);
        reached.map_err(|failure| format!("{failure}\n{}", plan.script()))?;
        self.back(row, &new, &old).await
    }

    /// From the new schema to the old one, where a plan stands in the database already.
    async fn back(&mut self, row: &mut Row, new: &State, old: &State) -> Result<(), String> {
        row.set_back_refused(None);
        if row.is_one_way() {
            return Ok(());
        }
        let way = Way {
            hints: &row.renames_back(),
            remade: &row.remade(),
            may_clear: true,
            any_local: row.is_local_left_out(),
        };
        let plan = match plan(&new.schema, &old.schema, way.hints)? {
            Ok(plan) => plan,
            Err(refused) => {
                row.set_back_refused(Some(refusal(&refused)));
                return Ok(());
            }
        };
        let reached = self.live.reach(&plan, way, (new, old)).await;
        reached.map_err(|failure| format!("on the way back {failure}\n{}", plan.script()))
    }

    /// As [`back`](Self::back), where there is no way to the new schema.
    async fn try_back(&mut self, row: &mut Row, new: &State, old: &State) -> Result<(), String> {
        if !row.is_one_way() {
            self.live.make(&row.new_side()).await?;
            for statement in generate::rows(&new.schema) {
                let _ = self.live.client.batch_execute(&statement).await;
            }
        }
        self.back(row, new, old).await
    }
}

fn refusal(error: &PlanError) -> String {
    format!("-- {error}")
}

/// Plans; the outer error is of the row, the inner one the planner's.
fn plan(
    previous: &Schema,
    next: &Schema,
    hints: &[&str],
) -> Result<Result<Plan, PlanError>, String> {
    let renames = Renames::from_hints(hints, previous).map_err(|error| error.to_string())?;
    let renamed = renames.apply(previous);
    let diff = Diff::between(&renamed, next);
    Ok(Plan::new(&diff, &renamed, next, &renames))
}

impl Place {
    async fn new() -> Self {
        let (database, client) = tests::client().await;
        Self { database, client }
    }

    /// Makes a schema from nothing.
    async fn make(&mut self, sql: &str) -> Result<State, String> {
        self.client.batch_execute(RESET).await.unwrap();
        let made = self.client.batch_execute(sql).await;
        made.map_err(|error| format!("{}\n{sql}", message(&error)))?;
        let state = self.state().await?;
        self.client.batch_execute("RESET ALL").await.unwrap();
        Ok(state)
    }

    async fn state(&mut self) -> Result<State, String> {
        let found = introspect::read(&mut self.client, &Filter::default()).await;
        let found = found.map_err(|error| format!("{error:?}"))?;
        if !found.unknown.is_empty() {
            return Err(format!("the model does not know {:?}", found.unknown));
        }
        let dump = dump(&self.database, &self.client).await;
        Ok(State {
            schema: found.schema,
            dump: sorted(&dump),
        })
    }

    /// Inserts the row's data, or made-up ones as far as the server takes them; returns whether the row has data.
    async fn insert(&self, row: &Row, schema: &Schema) -> Result<bool, String> {
        if let Some(sql) = row.rows() {
            let inserted = self.client.batch_execute(sql).await;
            inserted.map_err(|error| format!("{}\n{sql}", message(&error)))?;
            return Ok(true);
        }
        for statement in generate::rows(schema) {
            let _ = self.client.batch_execute(&statement).await;
        }
        Ok(false)
    }

    /// Runs a plan and compares.
    async fn reach(
        &mut self,
        plan: &Plan,
        way: Way<'_>,
        (from, to): (&State, &State),
    ) -> Result<(), String> {
        let before = survival::holding(&self.client).await;
        let mut is_cleared = false;
        for statement in &plan.statements {
            is_cleared |= self.run_one(statement, way.may_clear).await?;
        }
        if !is_cleared {
            let after = survival::holding(&self.client).await;
            assert_survived(&before, &after, way, &from.schema)?;
        }
        let live = self.state().await?;
        let text = |schema| text(schema, way.any_local);
        compare("the schema", &text(&live.schema), &text(&to.schema))?;
        let dump = |dump: &str| match way.any_local {
            true => without_inheriting(dump),
            false => dump.to_owned(),
        };
        compare("the dump", &dump(&live.dump), &dump(&to.dump))?;
        match self::plan(&live.schema, &to.schema, &[])? {
            Ok(again) if again.statements.is_empty() => Ok(()),
            Ok(again) => Err(format!("a second plan is not empty:\n{}", again.script())),
            Err(refused) => Err(format!("a second plan fails: {refused}")),
        }
    }

    /// Runs a statement. Where it fails on rows, as it has said it may, they are cleared away and it runs again; returns
    /// whether that was so.
    async fn run_one(&self, statement: &Statement, may_clear: bool) -> Result<bool, String> {
        let Err(error) = self.client.batch_execute(&statement.sql).await else {
            return Ok(false);
        };
        let failed = |error| format!("a statement fails: {}\n{}", message(&error), statement.sql);
        let code = error.code().map_or("", |code| code.code());
        if !may_clear || !matches!(code.get(..2), Some("22" | "23")) {
            return Err(failed(error));
        }
        let mut hazards = statement.hazards.iter();
        if !hazards.any(|hazard| hazard.kind == HazardKind::MayFail) {
            return Err(format!("{}\nand does not say that it may", failed(error)));
        }
        self.clear().await;
        let again = self.client.batch_execute(&statement.sql).await;
        again.map_err(failed)?;
        Ok(true)
    }

    /// Takes all rows away.
    async fn clear(&self) {
        let sql = "SELECT string_agg(c.oid::regclass::text, ', ') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
        let row = self.client.query_one(sql, &[]).await.unwrap();
        if let Some(tables) = row.get::<_, Option<String>>(0) {
            let sql = format!("TRUNCATE {tables} CASCADE");
            self.client.batch_execute(&sql).await.unwrap();
        }
    }
}

fn assert_survived(
    before: &Holding,
    after: &Holding,
    way: Way<'_>,
    previous: &Schema,
) -> Result<(), String> {
    let renames = Renames::from_hints(way.hints, previous).map_err(|error| error.to_string())?;
    let renamed = |(table, column): &(QualifiedName, Option<String>)| {
        let mut tables = renames.tables();
        let now = tables
            .find(|(was, _)| *was == table)
            .map_or(table, |(_, is)| is);
        let column = column.as_ref().map(|column| {
            let mut columns = renames.columns();
            let found = columns.find(|(of, was, _)| *of == table && was == column);
            found.map_or(column.clone(), |(_, _, is)| is.to_owned())
        });
        (now.clone(), column)
    };
    let losses = survival::losses(before, after, renamed, way.remade);
    if losses.is_empty() {
        Ok(())
    } else {
        Err(losses.join("\n"))
    }
}

/// A dump without the tables that inherit.
fn without_inheriting(dump: &str) -> String {
    let statements = dump.split(SEPARATOR);
    let statements = statements.filter(|statement| !statement.contains("\nINHERITS ("));
    statements.collect::<Vec<_>>().join(SEPARATOR)
}

/// A schema as text, its columns in the order of their names: no statement changes it.
fn text(schema: &Schema, any_local: bool) -> String {
    let mut schema = schema.clone();
    for table in &mut schema.tables {
        let columns = &mut table.columns;
        if any_local {
            columns
                .iter_mut()
                .for_each(|column| column.inherited = false);
        }
        columns.sort_by(|one, other| one.name.cmp(&other.name));
    }
    format!("{schema:#?}")
}

/// A dump whose statements stand in the order of their texts, as do the columns in them: the one order is the server's
/// choice, the other no statement changes.
fn sorted(dump: &str) -> String {
    let mut statements: Vec<String> = dump.split("--\n-- Name: ").map(sorted_columns).collect();
    statements.sort();
    statements.join(SEPARATOR)
}

fn sorted_columns(statement: &str) -> String {
    let mut lines: Vec<&str> = statement.lines().collect();
    let first = lines
        .iter()
        .position(|line| line.ends_with('(') && line.starts_with("CREATE"));
    let last = lines.iter().position(|line| line.starts_with(')'));
    if let (Some(first), Some(last)) = (first, last)
        && first < last
    {
        let columns = &mut lines[first + 1..last];
        columns
            .iter_mut()
            .for_each(|line| *line = line.trim_end_matches(','));
        columns.sort_unstable();
    }
    let lines: Vec<String> = lines.into_iter().map(sorted_parameters).collect();
    lines.join("\n") + "\n"
}

/// A line whose storage parameters stand in the order of their names: the server keeps that in which they were set.
fn sorted_parameters(line: &str) -> String {
    let end = line.rfind(')');
    let start = line.find("WITH (").map(|at| at + "WITH (".len());
    let (Some(start), Some(end)) = (start.filter(|_| line.contains('=')), end) else {
        return line.to_owned();
    };
    let Some(inside) = line.get(start..end) else {
        return line.to_owned();
    };
    let mut parameters: Vec<&str> = inside.split(", ").collect();
    parameters.sort_unstable();
    format!(
        "{}{}{}",
        &line[..start],
        parameters.join(", "),
        &line[end..]
    )
}

/// Compares texts line by line; the error names the lines that only one has.
fn compare(what: &str, live: &str, expected: &str) -> Result<(), String> {
    if live == expected {
        return Ok(());
    }
    let (live, expected): (Vec<&str>, Vec<&str>) =
        (live.lines().collect(), expected.lines().collect());
    let only = |here: &[&str], there: &[&str], sign: char| {
        let mut rest = there.to_vec();
        let mut text = String::new();
        for line in here {
            match rest.iter().position(|it| it == line) {
                Some(at) => drop(rest.swap_remove(at)),
                None => text.push_str(&format!("  {sign} {line}\n")),
            }
        }
        text
    };
    Err(format!(
        "{what} is not the expected one:\n{}{}",
        only(&live, &expected, '+'),
        only(&expected, &live, '-')
    ))
}

fn message(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(error) => format!("{} ({})", error.message(), error.code().code()),
        None => error.to_string(),
    }
}
