//! Columns: those that rows need a value for, and those that are to hold no NULL.

use std::collections::BTreeSet;

use schema_core::{
    ddl, ident,
    schema::{Check, Column, Expression, QualifiedName},
};

use super::{
    super::{
        effect::{LockMode, Work},
        hazard::HazardKind,
        step::{Phase, Step},
        volatile::is_volatile,
    },
    Makes, Online, POSTGRES_18, chain, validate,
};

impl Online<'_> {
    /// A check that is validated proves to the server that there is no NULL, so that it does not look while nobody reads.
    pub(super) fn set_not_null(&self, table: &QualifiedName, column: &str) -> Vec<Step> {
        // Behind the check, a row that holds NULL cannot be updated: what fills columns comes before it.
        let guard = |sql| Step::new(Phase::Check, sql).locks(LockMode::AccessExclusive, table);
        let altering = |sql| Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, table);
        let what = format!("rows of `{table}` may hold NULL in `{column}`");
        let looks = |name: &str| validate(table, name).hazard(HazardKind::MayFail, what.clone());
        let name = self.not_null_name(table, column);
        if self.server_version >= Some(POSTGRES_18) {
            let add = ddl::add_not_null(table, &name, column);
            return vec![guard(add), looks(&name)];
        }
        let check = Check {
            name,
            expression: Expression::new(format!("{} IS NOT NULL", ident::quote(column))),
            no_inherit: false,
            not_valid: true,
            comment: None,
        };
        let address = ddl::Address::Constraint(table.clone(), check.name.clone());
        vec![
            guard(ddl::add_check(table, &check)),
            looks(&check.name),
            altering(ddl::set_nullable(table, column, false)),
            altering(ddl::drop(&address)),
        ]
    }

    /// The name the server chooses for such a constraint, which no check of the table has and no such constraint of a column
    /// before it: long names of two columns may be cut to one.
    fn not_null_name(&self, table: &QualifiedName, column: &str) -> String {
        let schemas = [self.previous, self.next];
        let tables = schemas.map(|schema| schema.table(table));
        let checks = tables.into_iter().flatten().flat_map(|table| &table.checks);
        let mut taken: BTreeSet<String> = checks.map(|check| check.name.clone()).collect();
        let mut choose = |column: &str| {
            let is_taken = |name: &str| taken.contains(name);
            let name = ident::choose_name(&table.name, Some(column), "not_null", is_taken);
            taken.insert(name.clone());
            name
        };
        let columns = self.next_table(table).map_or(&[][..], |it| &it.columns);
        for before in columns.iter().take_while(|it| it.name != column) {
            choose(&before.name);
        }
        choose(column)
    }

    /// A column whose values the server would have to write into each row comes empty; its default is for rows to come.
    pub(super) fn add_column(
        &self,
        step: Step,
        table: &QualifiedName,
        column: &Column,
    ) -> Vec<Step> {
        if column.generated.is_some() || column.identity.is_some() {
            return vec![step];
        }
        let default = column.default.as_ref();
        let default = default.filter(|default| is_volatile(default.as_str()));
        let is_required = !column.nullable && column.default.is_none();
        if default.is_none() && !is_required {
            return vec![step];
        }
        let name = &column.name;
        let plain = Column {
            nullable: true,
            default: None,
            ..column.clone()
        };
        let altering = |sql| Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, table);
        let add = altering(ddl::add_column(table, &plain));
        let mut parts = vec![match self.next.is_constrained(&column.sql_type) {
            true => add.rewrites(table),
            false => add,
        }];
        if let Some(default) = default {
            let mut set = altering(ddl::set_default(table, name, Some(default)));
            if column.nullable {
                set = set.note(format!(
                    "rows of `{table}` that are there keep NULL in `{name}`: fill them in batches where that matters"
                ));
            }
            parts.push(set);
        }
        if !column.nullable {
            if default.is_some() {
                parts.push(fill(table, name));
            }
            parts.extend(self.set_not_null(table, name));
        }
        chain(step, parts, Makes::Last)
    }
}

/// Gives all rows the default.
fn fill(table: &QualifiedName, column: &str) -> Step {
    Step::new(Phase::Column, ddl::fill_with_default(table, column))
        .divided(LockMode::RowExclusive, table, Work::Scan)
        .note(format!(
            "all rows of `{table}` are updated, triggers run, and who writes a row waits; where the table is large, \
             fill `{column}` in batches before"
        ))
}
