//! Each thing a definition can say, one by one.

use schema_core::{
    ddl,
    def::{
        CheckDef, ColumnDef, Compression, DefaultDef, Deferrable, ExclusionDef, ExtensionDef,
        ForeignKeyDef, Identity, IdentityDef, IndexDef, IndexKeyDef, IndexedDef, KeyDef,
        NullsOrder, PartitionByDef, PartitionStrategy, ReferentialActionDef, SchemaDef, SortOrder,
        SqlPart, SqlText, Storage, TableDef, TableEntry, TableName,
    },
    schema::Schema,
    ty::TypeDef,
};
use tests::client;

use super::{HERE, alone, assert_created, assert_tables, number, of_type, probe};

const POSITIVE: SqlText = SqlText(&[SqlPart::Column("id"), SqlPart::Text(" > 0")]);

#[tokio::test]
async fn namespaces_and_extensions_come_first() {
    static TABLE: TableDef = TableDef {
        columns: &[number("id"), of_type("email", TypeDef::Citext)],
        ..TableDef {
            name: TableName::new("Audit log", "user"),
            ..probe("")
        }
    };
    static SCHEMA: SchemaDef = SchemaDef {
        tables: &[alone(&TABLE)],
        extensions: &[ExtensionDef::new("uuid-ossp"), ExtensionDef::new("citext")],
        ..SchemaDef::new("SCHEMA")
    };
    let (_database, client) = client().await;
    assert_created(&client, Schema::from_def(&SCHEMA).unwrap(), "extensions").await;
}

#[tokio::test]
async fn columns_have_collation_storage_compression_and_comments() {
    static TABLE: TableDef = TableDef {
        comment: Some("It's \\ here:\n  'x' -- $$"),
        columns: &[
            number("id"),
            ColumnDef {
                collation: Some("C"),
                ..of_type("c", TypeDef::Text)
            },
            ColumnDef {
                collation: Some("pg_catalog.POSIX"),
                ..of_type("p", TypeDef::Varchar(Some(3)))
            },
            ColumnDef {
                storage: Some(Storage::External),
                ..of_type("external", TypeDef::Text)
            },
            ColumnDef {
                storage: Some(Storage::Main),
                ..of_type("main", TypeDef::Text)
            },
            ColumnDef {
                storage: Some(Storage::Plain),
                ..of_type("plain", TypeDef::Bytea)
            },
            ColumnDef {
                storage: Some(Storage::Extended),
                ..of_type("extended", TypeDef::Numeric(None))
            },
            ColumnDef {
                compression: Some(Compression::Pglz),
                ..of_type("pglz", TypeDef::Text)
            },
            ColumnDef {
                compression: Some(Compression::Lz4),
                collation: Some("C"),
                default: Some(DefaultDef::Text("x")),
                comment: Some("all of it"),
                ..of_type("Lz4", TypeDef::Text)
            },
        ],
        ..probe("documents")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn identity_and_generated_columns_are_made() {
    static TABLE: TableDef = TableDef {
        columns: &[
            ColumnDef {
                identity: Some(IdentityDef::new(Identity::Always)),
                ..number("id")
            },
            ColumnDef {
                identity: Some(IdentityDef::new(Identity::ByDefault)),
                ..number("user")
            },
            ColumnDef {
                generated: Some(SqlText(&[SqlPart::Column("user"), SqlPart::Text(" * 2")])),
                ..number("twice")
            },
        ],
        ..probe("counters")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn a_default_literal_is_the_value_it_spells() {
    static TABLE: TableDef = TableDef {
        columns: &[
            number("id"),
            ColumnDef {
                default: Some(DefaultDef::Text("o'\\n\"")),
                ..of_type("t", TypeDef::Text)
            },
            ColumnDef {
                default: Some(DefaultDef::Integer(i64::MIN as i128)),
                ..of_type("i", TypeDef::BigInt)
            },
            ColumnDef {
                default: Some(DefaultDef::Float("1_000.5e-1")),
                ..of_type("f", TypeDef::DoublePrecision)
            },
            ColumnDef {
                default: Some(DefaultDef::Boolean(false)),
                ..of_type("b", TypeDef::Boolean)
            },
            ColumnDef {
                default: Some(DefaultDef::Sql(SqlText(&[SqlPart::Text("2 + 3 -- five")]))),
                ..of_type("s", TypeDef::Integer)
            },
        ],
        ..probe("defaults")
    };
    let (_database, client) = client().await;
    client
        .batch_execute(&ddl::table_script(&alone(&TABLE)).unwrap())
        .await
        .unwrap();
    let sql = "INSERT INTO defaults (id) VALUES (1) RETURNING t, i, f, b, s";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "o'\\n\"");
    assert_eq!(
        (row.get::<_, i64>(1), row.get::<_, f64>(2)),
        (i64::MIN, 100.05)
    );
    assert_eq!((row.get::<_, bool>(3), row.get::<_, i32>(4)), (false, 5));
}

#[tokio::test]
async fn keys_are_deferrable_include_columns_and_may_repeat() {
    static TABLE: TableDef = TableDef {
        columns: &[number("id"), number("a"), number("b")],
        primary_key: Some(KeyDef {
            deferrable: Some(Deferrable::InitiallyDeferred),
            include: &["a"],
            ..KeyDef::new(&["id"])
        }),
        uniques: &[
            KeyDef {
                nulls_not_distinct: true,
                ..KeyDef::new(&["a", "b"])
            },
            KeyDef {
                deferrable: Some(Deferrable::InitiallyImmediate),
                ..KeyDef::new(&["a", "b"])
            },
            KeyDef {
                name: Some("Own name"),
                ..KeyDef::new(&["b"])
            },
            KeyDef::new(&["b"]),
        ],
        ..probe("keys")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn a_unique_constraint_that_repeats_the_primary_key_is_made_too() {
    static TABLE: TableDef = TableDef {
        uniques: &[KeyDef::new(&["id"])],
        ..probe("keys")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn checks_are_made_not_valid_and_without_inheritance() {
    static TABLE: TableDef = TableDef {
        checks: &[
            CheckDef {
                not_valid: true,
                ..CheckDef::new(POSITIVE)
            },
            CheckDef {
                no_inherit: true,
                not_valid: true,
                ..CheckDef::new(POSITIVE)
            },
            CheckDef {
                no_inherit: true,
                ..CheckDef::new(POSITIVE)
            },
            CheckDef {
                name: Some("it's a check"),
                ..CheckDef::new(POSITIVE)
            },
        ],
        ..probe("checks")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn exclusion_constraints_are_made_with_everything() {
    const DURING: (IndexKeyDef, &str) = (IndexKeyDef::column("during"), "&&");
    static TABLE: TableDef = TableDef {
        columns: &[
            number("id"),
            of_type("during", TypeDef::TstzRange),
            of_type("code", TypeDef::Text),
        ],
        exclusions: &[
            ExclusionDef {
                method: Some("gist"),
                ..ExclusionDef::new(&[DURING])
            },
            ExclusionDef {
                method: Some("gist"),
                with: &[("fillfactor", "80"), ("buffering", "auto")],
                predicate: Some(POSITIVE),
                deferrable: Some(Deferrable::InitiallyDeferred),
                ..ExclusionDef::new(&[DURING])
            },
            ExclusionDef::new(&[(IndexKeyDef::column("code"), "=")]),
            ExclusionDef::new(&[(IndexKeyDef::column("code"), "=")]),
            ExclusionDef::new(&[(
                IndexKeyDef::new(IndexedDef::Expression(SqlText(&[
                    SqlPart::Text("lower("),
                    SqlPart::Column("code"),
                    SqlPart::Text(")"),
                ]))),
                "=",
            )]),
        ],
        ..probe("bookings")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn indexes_are_made_with_everything() {
    static TABLE: TableDef = TableDef {
        columns: &[
            number("id"),
            of_type("s", TypeDef::Text),
            of_type("j", TypeDef::Jsonb),
        ],
        indexes: &[
            IndexDef::new(&[IndexKeyDef {
                order: Some(SortOrder::Desc),
                nulls: Some(NullsOrder::Last),
                operator_class: Some("text_pattern_ops"),
                collation: Some("C"),
                ..IndexKeyDef::column("s")
            }]),
            IndexDef {
                unique: true,
                nulls_not_distinct: true,
                include: &["j"],
                with: &[("fillfactor", "70")],
                predicate: Some(POSITIVE),
                concurrently: true,
                ..IndexDef::new(&[IndexKeyDef::column("s")])
            },
            IndexDef {
                method: Some("gin"),
                with: &[("fastupdate", "off")],
                ..IndexDef::new(&[IndexKeyDef {
                    operator_class: Some("jsonb_path_ops"),
                    ..IndexKeyDef::column("j")
                }])
            },
            IndexDef {
                name: Some("Own \"index\""),
                ..IndexDef::new(&[IndexKeyDef::column("s")])
            },
        ],
        ..probe("indexed")
    };
    assert_tables(&[alone(&TABLE)]).await;
}

#[tokio::test]
async fn a_table_is_partitioned_each_way() {
    const ID: &[IndexKeyDef] = &[IndexKeyDef::column("id")];
    const fn by(name: &'static str, strategy: PartitionStrategy) -> TableDef {
        TableDef {
            partition_by: Some(PartitionByDef::new(strategy, ID)),
            ..probe(name)
        }
    }
    static RANGE: TableDef = by("by_range", PartitionStrategy::Range);
    static LIST: TableDef = by("by_list", PartitionStrategy::List);
    static HASH: TableDef = by("by_hash", PartitionStrategy::Hash);
    assert_tables(&[alone(&RANGE), alone(&LIST), alone(&HASH)]).await;
}

#[tokio::test]
async fn foreign_keys_have_actions_columns_match_and_deferral() {
    static OTHER: TableDef = TableDef {
        columns: &[
            number("id"),
            ColumnDef {
                field: "r#type",
                ..number("type")
            },
        ],
        uniques: &[KeyDef::new(&["type", "id"])],
        ..probe("order")
    };
    static TABLE: TableDef = TableDef {
        columns: &[
            number("id"),
            of_type("a", TypeDef::BigInt),
            of_type("b", TypeDef::BigInt),
        ],
        ..probe("messages")
    };
    static KEYS: &[ForeignKeyDef] = &[
        ForeignKeyDef {
            on_delete: ReferentialActionDef::SetNull(&["b"]),
            on_update: ReferentialActionDef::Cascade,
            ..ForeignKeyDef::new(&["a", "b"], &OTHER, &["r#type", "id"])
        },
        ForeignKeyDef {
            on_delete: ReferentialActionDef::SetDefault(&[]),
            on_update: ReferentialActionDef::SetNull(&[]),
            match_full: true,
            deferrable: Some(Deferrable::InitiallyDeferred),
            ..ForeignKeyDef::new(&["a"], &OTHER, &[])
        },
        ForeignKeyDef {
            not_valid: true,
            ..ForeignKeyDef::new(&["a"], &OTHER, &[])
        },
        ForeignKeyDef {
            name: Some("own"),
            on_delete: ReferentialActionDef::Restrict,
            ..ForeignKeyDef::new(&["a"], &TABLE, &[])
        },
    ];
    assert_tables(&[
        TableEntry {
            table: &TABLE,
            foreign_keys: KEYS,
        },
        alone(&OTHER),
    ])
    .await;
}

#[tokio::test]
async fn a_cycle_of_tables_is_made_with_one_foreign_key_added_later() {
    static A: TableDef = probe("a");
    static B: TableDef = probe("b");
    static C: TableDef = probe("c");
    static ENTRIES: [TableEntry; 3] = [
        TableEntry {
            table: &A,
            foreign_keys: &[ForeignKeyDef::new(&["id"], &B, &[])],
        },
        TableEntry {
            table: &B,
            foreign_keys: &[ForeignKeyDef::new(&["id"], &C, &[])],
        },
        TableEntry {
            table: &C,
            foreign_keys: &[
                ForeignKeyDef::new(&["id"], &A, &[]),
                ForeignKeyDef::new(&["id"], &C, &[]),
            ],
        },
    ];
    assert_tables(&ENTRIES).await;
    let statements = ddl::create(&Schema::from_tables(&ENTRIES).unwrap());
    let added: Vec<_> = statements
        .iter()
        .filter(|sql| sql.starts_with("ALTER"))
        .collect();
    assert_eq!(
        added,
        ["ALTER TABLE a ADD CONSTRAINT a_id_fkey FOREIGN KEY (id) REFERENCES b (id)"]
    );
}

#[tokio::test]
async fn a_table_may_reference_a_unique_index_of_its_own() {
    static TABLE: TableDef = TableDef {
        columns: &[number("id"), number("code"), number("base")],
        indexes: &[IndexDef {
            unique: true,
            ..IndexDef::new(&[IndexKeyDef::column("code")])
        }],
        ..probe("units")
    };
    static KEYS: &[ForeignKeyDef] = &[ForeignKeyDef::new(&["base"], &TABLE, &["code"])];
    assert_tables(&[TableEntry {
        table: &TABLE,
        foreign_keys: KEYS,
    }])
    .await;
}

#[tokio::test]
async fn a_table_without_columns_is_a_table() {
    static TABLE: TableDef = TableDef::new(TableName::new("public", "nothing"), HERE);
    assert_tables(&[alone(&TABLE)]).await;
}
