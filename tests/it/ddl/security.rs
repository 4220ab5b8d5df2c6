//! Row security.

use schema_core::def::{PolicyCommand, PolicyDef, Position, SqlPart, SqlText, TableDef};

use super::{alone, assert_tables, probe};

const POSITIVE: SqlText = SqlText(&[SqlPart::Column("id"), SqlPart::Text(" > 0")]);

const fn policy(name: &'static str, command: PolicyCommand) -> PolicyDef {
    PolicyDef {
        position: Position::here(),
        name,
        restrictive: false,
        command,
        roles: &[],
        using: None,
        with_check: None,
        comment: None,
    }
}

#[tokio::test]
async fn policies_of_every_kind_are_made() {
    static TABLE: TableDef = TableDef {
        row_level_security: true,
        policies: &[
            PolicyDef {
                using: Some(POSITIVE),
                ..policy("all of it", PolicyCommand::All)
            },
            PolicyDef {
                using: Some(POSITIVE),
                restrictive: true,
                ..policy("read", PolicyCommand::Select)
            },
            PolicyDef {
                with_check: Some(POSITIVE),
                ..policy("add", PolicyCommand::Insert)
            },
            PolicyDef {
                using: Some(POSITIVE),
                with_check: Some(POSITIVE),
                roles: &["pg_monitor", "pg_read_all_data"],
                ..policy("change", PolicyCommand::Update)
            },
            PolicyDef {
                using: Some(POSITIVE),
                ..policy("remove", PolicyCommand::Delete)
            },
        ],
        ..probe("accounts")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn a_policy_may_be_for_whoever_runs_the_statement() {
    static TABLE: TableDef = TableDef {
        policies: &[PolicyDef {
            using: Some(POSITIVE),
            roles: &["current_user"],
            ..policy("own", PolicyCommand::All)
        }],
        ..probe("accounts")
    };
    let (_database, client) = tests::client().await;
    let script = schema_core::ddl::table_script(&alone(&TABLE)).unwrap();
    client.batch_execute(&script).await.unwrap();
    let sql =
        "SELECT r.rolname = current_user FROM pg_policy, pg_roles r WHERE r.oid = ANY (polroles)";
    assert!(client.query_one(sql, &[]).await.unwrap().get::<_, bool>(0));
}
