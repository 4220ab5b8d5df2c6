//! Runs the rules over a schema and sorts out what is silenced.

use schema_core::{
    def::{AllowDef, SchemaDef},
    error::SchemaError,
    schema::{Column, Schema, SqlType, Table},
};

use super::{Advice, Finding, RULES, Report, Rule, Silenced, Subject, unused_allow};

pub(super) fn lint(def: &SchemaDef) -> Result<Report, SchemaError> {
    let schema = Schema::from_def(def)?;
    let mut report = Report::default();
    for (entry, table) in def.tables.iter().zip(&schema.tables) {
        let subject = Subject {
            def: entry.table,
            foreign_keys: entry.foreign_keys,
            table,
        };
        add(&mut report, &subject, |_| true);
    }
    for (view_def, view) in def.views.iter().zip(&schema.views) {
        let mut table = Table::new(view.name.clone());
        table.indexes.clone_from(&view.indexes);
        for column in view_def.relation.columns {
            let sql_type = SqlType::from_def(&column.sql_type)?;
            table.columns.push(Column::new(column.name, sql_type));
        }
        let subject = Subject {
            def: view_def.relation,
            foreign_keys: &[],
            table: &table,
        };
        add(&mut report, &subject, |rule| OF_VIEWS.contains(&rule.name));
    }
    Ok(report)
}

/// The rules that hold for views too: those of names and indexes. The types of its columns are those of the tables.
const OF_VIEWS: [&str; 4] = [
    "duplicate_index",
    "redundant_index",
    "boolean_index",
    "quoted_name",
];

/// Adds what these rules find in one table or view.
fn add(report: &mut Report, subject: &Subject<'_>, applies: impl Fn(&Rule) -> bool) {
    let allows = subject.def.allows;
    let mut used = vec![false; allows.len()];
    for rule in RULES.iter().filter(|rule| applies(rule)) {
        for advice in rule.check(subject) {
            let allow = silencing(allows, rule, &advice);
            let finding = finding(subject, rule, advice);
            match allow {
                Some(index) => {
                    used[index] = true;
                    report.silenced.push(Silenced {
                        finding,
                        reason: allows[index].reason,
                    });
                }
                None => report.findings.push(finding),
            }
        }
    }
    let unused = allows.iter().zip(used).filter(|(_, used)| !used);
    let unused = unused.map(|(allow, _)| {
        let advice = unused_allow::advice(subject, allow);
        finding(subject, &unused_allow::RULE, advice)
    });
    report.findings.extend(unused);
}

/// The `allow` that silences a piece of advice: one on a column it is about before one on the struct, which is left over
/// where it silences nothing else.
fn silencing(allows: &[AllowDef], rule: &Rule, advice: &Advice) -> Option<usize> {
    let position = |fits: &dyn Fn(&AllowDef) -> bool| {
        let mut allows = allows.iter();
        allows.position(|allow| allow.rule == rule.name && fits(allow))
    };
    let on_column = |allow: &AllowDef| {
        let named = |column| advice.columns.iter().any(|name| name == column);
        allow.column.is_some_and(named)
    };
    position(&on_column).or_else(|| position(&|allow| allow.column.is_none()))
}

fn finding(subject: &Subject<'_>, rule: &'static Rule, advice: Advice) -> Finding {
    let Advice {
        columns,
        position,
        message,
        help,
    } = advice;
    let fields = columns.iter().filter_map(|column| subject.field(column));
    Finding {
        rule,
        table: subject.name(),
        fields: fields.collect(),
        location: subject.def.location,
        position: position.unwrap_or_else(|| subject.position(&columns)),
        columns,
        message,
        help,
    }
}

#[cfg(test)]
mod tests {
    use schema_core::{Table, View, def::SchemaDef, schema};

    use super::lint;

    #[derive(Table)]
    #[table(allow(money_type, reason = "of the whole table"))]
    struct Account {
        #[column(primary_key)]
        id: i64,
        #[column(type = "money")]
        balance: String,
        #[column(type = "money", allow(money_type, reason = "of this column"))]
        limit: String,
        #[column(type = "char(3)")]
        currency: String,
    }

    schema! { static ONE = [Account]; }

    #[derive(Table)]
    #[table(allow(char_type, reason = "a code of three letters"))]
    struct Plain {
        #[column(primary_key, allow(integer_primary_key, reason = "it used to be one"))]
        id: i64,
        #[column(type = "char(3)", allow(money_type, reason = "another rule"))]
        currency: String,
    }

    schema! { static UNUSED = [Plain]; }

    #[derive(View)]
    #[view(
        query = sql("SELECT 1, 'abc'"),
        materialized,
        index(id), index(id, currency),
        allow(char_type, reason = "in vain: its types are the tables' own")
    )]
    #[expect(dead_code, reason = "its definition is what is looked at")]
    struct Derived {
        id: i64,
        #[column(type = "char(3)")]
        currency: String,
    }

    schema! { static VIEWS = [Derived]; }

    #[test]
    fn a_view_is_looked_at_for_its_names_and_indexes() {
        let rules = rules(&VIEWS).into_iter();
        let rules: Vec<_> = rules.map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["redundant_index", "unused_allow"]);
    }

    fn rules(schema: &SchemaDef) -> Vec<(&'static str, String)> {
        let report = lint(schema).unwrap();
        let findings = report.findings.into_iter();
        findings
            .map(|finding| (finding.rule.name, finding.message))
            .collect()
    }

    #[test]
    fn an_allow_on_a_column_goes_before_one_on_the_struct() {
        let report = lint(&ONE).unwrap();
        let silenced = report.silenced.iter();
        let reasons = silenced.map(|one| (one.finding.columns[0].as_str(), one.reason));
        assert_eq!(
            reasons.collect::<Vec<_>>(),
            [
                ("balance", "of the whole table"),
                ("limit", "of this column")
            ]
        );
    }

    #[test]
    fn an_allow_silences_no_other_rule() {
        let findings: Vec<_> = rules(&ONE).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(findings, ["char_type", "quoted_name"]);
    }

    #[test]
    fn an_allow_that_silences_nothing_is_reported() {
        assert_eq!(
            rules(&UNUSED),
            [
                (
                    "unused_allow",
                    "`allow(integer_primary_key)` on `plain.id` silences nothing".to_owned()
                ),
                (
                    "unused_allow",
                    "`allow(money_type)` on `plain.currency` silences nothing".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_finding_names_struct_file_line_and_field() {
        let report = lint(&ONE).unwrap();
        let finding = &report.findings[0];
        assert_eq!(finding.location.rust_name, "Account");
        assert!(finding.location.file.ends_with("lint/engine.rs"));
        assert_eq!(finding.fields, ["currency"]);
    }
}
