const _: () = {
    use ::schema_core::ty::NotNull as _;
    use ::schema_core::{
        Table as __Table, __private::verify as __verify, def as __def, row as __row,
        ty as __ty, ty::ColumnType as __Type,
    };
    static __COLUMNS: [__def::ColumnDef; 5] = [
        __def::ColumnDef::new("tenant", <i64 as __Type>::FACTS),
        __def::ColumnDef::new("number", <i32 as __Type>::FACTS)
            .identity(__def::IdentityDef::new(__def::Identity::Always)),
        __def::ColumnDef::new("type", <String as __Type>::FACTS),
        __def::ColumnDef::new(
            "details",
            const {
                &__ty::TypeFacts::json::<
                    Option<Details>,
                >(__ty::Nullability::<Option<Details>>::NULLABLE)
            },
        ),
        __def::ColumnDef::new("upper", <String as __Type>::FACTS)
            .generated(
                __def::SqlText(
                    &[
                        __def::SqlPart::Text("upper("),
                        __def::SqlPart::Column("type"),
                        __def::SqlPart::Text(")"),
                    ],
                ),
            ),
    ];
    static __TABLE: __def::TableDef = __def::TableDef::new(
            <Entry as __Table>::NAME,
            __def::Location::of("Entry"),
        )
        .columns(&__COLUMNS)
        .primary_key(__def::KeyDef::new(&["tenant", "number"]))
        .uniques(
            &[
                __def::KeyDef::new(&["number", "type"])
                    .name("by_number")
                    .nulls_not_distinct(true),
            ],
        )
        .checks(
            &[
                __def::CheckDef::new(
                    __def::SqlText(
                        &[
                            __def::SqlPart::Column("number"),
                            __def::SqlPart::Text(" <> 7"),
                        ],
                    ),
                ),
            ],
        )
        .indexes(
            &[
                __def::IndexDef::new(
                        &[
                            __def::IndexKeyDef::new(
                                __def::IndexedDef::Expression(
                                    __def::SqlText(
                                        &[
                                            __def::SqlPart::Text("lower("),
                                            __def::SqlPart::Column("type"),
                                            __def::SqlPart::Text(")"),
                                        ],
                                    ),
                                ),
                            ),
                            __def::IndexKeyDef::column("number")
                                .order(__def::SortOrder::Desc)
                                .nulls(__def::NullsOrder::Last),
                        ],
                    )
                    .method("btree")
                    .predicate(
                        __def::SqlText(
                            &[
                                __def::SqlPart::Column("number"),
                                __def::SqlPart::Text(" > 0"),
                            ],
                        ),
                    ),
            ],
        )
        .allows(
            &[
                __def::AllowDef {
                    rule: "json_instead_of_jsonb",
                    column: ::core::option::Option::Some("details"),
                    reason: "the order of keys is kept",
                    position: __def::Position::here(),
                },
                __def::AllowDef {
                    rule: "integer_primary_key",
                    column: ::core::option::Option::None,
                    reason: "it numbers within a tenant",
                    position: __def::Position::here(),
                },
            ],
        );
    #[automatically_derived]
    impl __Table for Entry {
        const NAME: __def::TableName = __def::TableName::hashed(
            "audit",
            "entry",
            10617922199005555804,
        );
        const TABLE: &'static __def::TableDef = &__TABLE;
        const FOREIGN_KEYS: &'static [__def::ForeignKeyDef] = &[];
        fn params(&self) -> ::std::vec::Vec<__row::Param<'_>> {
            ::std::vec::Vec::from([
                __row::Param::from_sql(<i64 as __Type>::as_sql(&self.tenant)),
                __row::Param::from_sql(<String as __Type>::as_sql(&self.r#type)),
                __row::Param::json(&self.details),
            ])
        }
    }
    #[automatically_derived]
    impl<'__r> __row::FromRow<'__r> for Entry {
        const SOURCE: &'static ::core::primitive::str = "entry";
        const FIELDS: &'static [__row::RowField] = &__row::RowField::of(&__COLUMNS);
        fn read(__reader: &mut __row::Reader<'__r, '_>) -> __row::ReadResult<Self> {
            let (
                __row::Some(__0),
                __row::Some(__1),
                __row::Some(__2),
                __row::Some(__3),
                __row::Some(__4),
            ) = (
                __reader.take(<i64 as __Type>::TYPE),
                __reader.take(<i32 as __Type>::TYPE),
                __reader.take(<String as __Type>::TYPE),
                __reader.take_json(),
                __reader.take(<String as __Type>::TYPE),
            ) else {
                return __reader.failed();
            };
            ::core::result::Result::Ok(Self {
                tenant: __0,
                number: __1,
                r#type: __2,
                details: __3,
                upper: __4,
                cached: ::core::default::Default::default(),
            })
        }
    }
    const _: () = __verify::identity::<Entry>(1);
};
