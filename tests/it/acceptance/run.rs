//! Tries one row on the server: makes the old schema, reads both, plans, runs the plan statement by statement over rows,
//! and holds what is there against a fresh build of the new schema: through `pg_dump`, through introspection, and by
//! planning again. Then all of it the other way round, in the same database, and once more for tables in use where that
//! makes another plan: then the reader and the second plan alone are the judge, for a dump takes longer than all the rest.

use schema_core::schema::{QualifiedName, Schema};
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter},
    plan::{HazardKind, Plan, PlanError, PlanOptions, Statement},
};
use tests::{TestDatabase, dump::dump};
use tokio_postgres::Client;

use super::{
    compare::{compare, sorted, text, without_inheriting},
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

/// How a plan is to be made and run.
#[derive(Clone)]
struct Way<'r> {
    hints: &'r [&'r str],
    remade: &'r [&'r str],
    /// Whether rows may be taken away that a statement says it could fail on.
    may_clear: bool,
    /// Whether it is no difference which columns a table that inherits declares itself.
    any_local: bool,
    options: PlanOptions,
    judge: Judge,
}

/// What says that a plan has reached the next schema, beside a second plan that must be empty.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judge {
    /// The kit's own reader.
    Model,
    /// It, and `pg_dump`.
    ModelAndDump,
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
        let told = row.clone();
        let (renames, renames_back, remade) = (told.renames(), told.renames_back(), told.remade());
        let there = Way {
            hints: &renames,
            remade: &remade,
            may_clear: !is_filled,
            any_local: row.is_local_left_out(),
            options: PlanOptions::default(),
            judge: Judge::ModelAndDump,
        };
        let back = Way {
            hints: &renames_back,
            may_clear: true,
            ..there.clone()
        };
        let plan = plan((&old, &new), &there)?;
        row.set_plan(plan.as_ref().map(Plan::script).map_err(refusal));
        match &plan {
            Ok(plan) => self.live.reach(plan, &there, (&old, &new)).await?,
            Err(_) if row.is_one_way() => {}
            Err(_) => self.live.build_filled(&row.new_side(), &new).await?,
        }
        self.back(row, &back, (&new, &old)).await?;
        let failure = |failure| format!("for tables in use {failure}");
        self.online(row, [there, back], [&old, &new])
            .await
            .map_err(failure)
    }

    /// From the new schema to the old one, where a plan stands in the database already.
    async fn back(
        &mut self,
        row: &mut Row,
        way: &Way<'_>,
        ends: (&State, &State),
    ) -> Result<(), String> {
        row.set_back_refused(None);
        if row.is_one_way() {
            return Ok(());
        }
        match plan(ends, way)? {
            Ok(plan) => {
                let reached = self.live.reach(&plan, way, ends).await;
                reached.map_err(|failure| format!("on the way back {failure}"))
            }
            Err(refused) => {
                row.set_back_refused(Some(refusal(&refused)));
                Ok(())
            }
        }
    }

    /// Both ways once more, as for tables in use. A way whose statements are the same is known already.
    async fn online(
        &mut self,
        row: &Row,
        [there, back]: [Way<'_>; 2],
        [old, new]: [&State; 2],
    ) -> Result<(), String> {
        if let Some((plan, way)) = self.online_plan(&there, (old, new))? {
            self.live.build(&row.old_side()).await?;
            self.live.insert(row, &old.schema).await?;
            self.live.reach(&plan, &way, (old, new)).await?;
        }
        if row.is_one_way() {
            return Ok(());
        }
        if let Some((plan, way)) = self.online_plan(&back, (new, old))? {
            self.live.build_filled(&row.new_side(), new).await?;
            let reached = self.live.reach(&plan, &way, (new, old)).await;
            reached.map_err(|failure| format!("on the way back {failure}"))?;
        }
        Ok(())
    }

    /// The plan for tables in use, where it is another.
    fn online_plan<'r>(
        &self,
        way: &Way<'r>,
        ends: (&State, &State),
    ) -> Result<Option<(Plan, Way<'r>)>, String> {
        let mut options = PlanOptions::online();
        options.server_version = Some(self.release * 10_000);
        let online = Way {
            options,
            judge: Judge::Model,
            ..way.clone()
        };
        let sql = |plan: &Plan| -> Vec<String> {
            plan.statements.iter().map(|it| it.sql.clone()).collect()
        };
        match (plan(ends, way)?, plan(ends, &online)?) {
            (Ok(one), Ok(other)) if sql(&one) != sql(&other) => Ok(Some((other, online))),
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => Ok(None),
            (Ok(_), Err(refused)) => Err(format!("there is no plan: {refused}")),
            (Err(_), Ok(other)) => Err(format!("alone there is a plan:\n{}", other.script())),
        }
    }
}

fn refusal(error: &PlanError) -> String {
    format!("-- {error}")
}

/// Plans; the outer error is of the row, the inner one the planner's.
fn plan((from, to): (&State, &State), way: &Way<'_>) -> Result<Result<Plan, PlanError>, String> {
    let renames =
        Renames::from_hints(way.hints, &from.schema).map_err(|error| error.to_string())?;
    let (renamed, next) = (renames.apply(&from.schema), &to.schema);
    let diff = Diff::between(&renamed, next);
    Ok(Plan::with_options(
        &diff,
        &renamed,
        next,
        &renames,
        &way.options,
    ))
}

impl Place {
    async fn new() -> Self {
        let (database, client) = tests::client().await;
        Self { database, client }
    }

    /// Makes a schema from nothing.
    async fn build(&self, sql: &str) -> Result<(), String> {
        self.client.batch_execute(RESET).await.unwrap();
        let made = self.client.batch_execute(sql).await;
        made.map_err(|error| format!("{}\n{sql}", message(&error)))
    }

    /// As [`build`](Self::build), and gives its tables made-up rows, as far as the server takes them.
    async fn build_filled(&self, sql: &str, state: &State) -> Result<(), String> {
        self.build(sql).await?;
        self.client.batch_execute("RESET ALL").await.unwrap();
        for statement in generate::rows(&state.schema) {
            let _ = self.client.batch_execute(&statement).await;
        }
        Ok(())
    }

    /// As [`build`](Self::build), and reads what is there then.
    async fn make(&mut self, sql: &str) -> Result<State, String> {
        self.build(sql).await?;
        let state = self.state().await?;
        self.client.batch_execute("RESET ALL").await.unwrap();
        Ok(state)
    }

    async fn state(&mut self) -> Result<State, String> {
        let schema = self.read().await?;
        let dump = sorted(&dump(&self.database, &self.client).await);
        Ok(State { schema, dump })
    }

    async fn read(&mut self) -> Result<Schema, String> {
        let found = introspect::read(&mut self.client, &Filter::default()).await;
        let found = found.map_err(|error| format!("{error:?}"))?;
        if !found.unknown.is_empty() {
            return Err(format!("the model does not know {:?}", found.unknown));
        }
        Ok(found.schema)
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

    /// Runs a plan and compares; an error shows the plan.
    async fn reach(
        &mut self,
        plan: &Plan,
        way: &Way<'_>,
        ends: (&State, &State),
    ) -> Result<(), String> {
        let reached = self.try_reach(plan, way, ends).await;
        reached.map_err(|failure| format!("{failure}\n{}", plan.script()))
    }

    async fn try_reach(
        &mut self,
        plan: &Plan,
        way: &Way<'_>,
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
        let live = match way.judge {
            Judge::ModelAndDump => self.state().await?,
            Judge::Model => State {
                schema: self.read().await?,
                dump: to.dump.clone(),
            },
        };
        let text = |schema| text(schema, way.any_local);
        compare("the schema", &text(&live.schema), &text(&to.schema))?;
        let dump = |dump: &str| match way.any_local {
            true => without_inheriting(dump),
            false => dump.to_owned(),
        };
        compare("the dump", &dump(&live.dump), &dump(&to.dump))?;
        let again = Way {
            hints: &[],
            ..way.clone()
        };
        match self::plan((&live, to), &again)? {
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
        if let Some(index) = &statement.leaves_invalid {
            let sql = format!("DROP INDEX IF EXISTS {}", index.render());
            self.client.batch_execute(&sql).await.map_err(failed)?;
        }
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
    way: &Way<'_>,
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

fn message(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(error) => format!("{} ({})", error.message(), error.code().code()),
        None => error.to_string(),
    }
}
