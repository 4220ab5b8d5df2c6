const _: () = {
    use ::schema_core::{
        Table as __Table, __private::verify as __verify, def as __def, row as __row,
        ty as __ty, ty::ColumnType as __Type,
    };
    static __COLUMNS: [__def::ColumnDef; 8] = [
        __def::ColumnDef::new("id", <Id<Message> as __Type>::FACTS),
        __def::ColumnDef::new("channel_id", <Id<Channel> as __Type>::FACTS),
        __def::ColumnDef::new("author_id", <Id<User> as __Type>::FACTS),
        __def::ColumnDef::new("content", <Option<String> as __Type>::FACTS)
            .sql_type(__ty::TypeDef::Varchar(::core::option::Option::Some(4000))),
        __def::ColumnDef::new("edited_at", <Option<Timestamp> as __Type>::FACTS)
            .comment("When it was changed."),
        __def::ColumnDef::new("is_deleted", <bool as __Type>::FACTS)
            .default(__def::DefaultDef::Boolean(false)),
        __def::ColumnDef::new("kind", <String as __Type>::FACTS)
            .sql_type(__ty::TypeDef::Varchar(::core::option::Option::Some(10)))
            .default(__def::DefaultDef::Text("text")),
        __def::ColumnDef::new("created_at", <Timestamp as __Type>::FACTS)
            .default(
                __def::DefaultDef::Sql(__def::SqlText(&[__def::SqlPart::Text("now()")])),
            ),
    ];
    static __TABLE: __def::TableDef = __def::TableDef::new(
            <Message as __Table>::NAME,
            __def::Location::of("Message"),
        )
        .comment("A message.")
        .columns(&__COLUMNS)
        .primary_key(__def::KeyDef::new(&["id"]))
        .indexes(
            &[
                __def::IndexDef::new(
                    &[
                        __def::IndexKeyDef::column("channel_id"),
                        __def::IndexKeyDef::column("id").order(__def::SortOrder::Desc),
                    ],
                ),
            ],
        );
    static __KEYS: [__def::ForeignKeyDef; 2] = [
        __def::ForeignKeyDef::of(
                &["channel_id"],
                <Channel as __Table>::TABLE,
                <Channel as __Table>::REFERENCED,
                &["id"],
            )
            .on_delete(__def::ReferentialActionDef::Cascade),
        __def::ForeignKeyDef::of(
            &["author_id"],
            <User as __Table>::TABLE,
            <User as __Table>::REFERENCED,
            &[],
        ),
    ];
    #[automatically_derived]
    impl __Table for Message {
        const NAME: __def::TableName = __def::TableName::hashed(
            "public",
            "messages",
            11643422290769093452,
        );
        const TABLE: &'static __def::TableDef = &__TABLE;
        const FOREIGN_KEYS: &'static [__def::ForeignKeyDef] = &__KEYS;
        fn params(&self) -> ::std::vec::Vec<__row::Param<'_>> {
            __row::params([
                <Id<Message> as __Type>::as_sql(&self.id),
                <Id<Channel> as __Type>::as_sql(&self.channel_id),
                <Id<User> as __Type>::as_sql(&self.author_id),
                <Option<String> as __Type>::as_sql(&self.content),
                <Option<Timestamp> as __Type>::as_sql(&self.edited_at),
                <bool as __Type>::as_sql(&self.is_deleted),
                <String as __Type>::as_sql(&self.kind),
                <Timestamp as __Type>::as_sql(&self.created_at),
            ])
        }
    }
    #[automatically_derived]
    impl<'__r> __row::FromRow<'__r> for Message {
        const SOURCE: &'static ::core::primitive::str = "messages";
        const FIELDS: &'static [__row::RowField] = &__row::RowField::of(&__COLUMNS);
        fn read(__reader: &mut __row::Reader<'__r, '_>) -> __row::ReadResult<Self> {
            let (
                __row::Some(__0),
                __row::Some(__1),
                __row::Some(__2),
                __row::Some(__3),
                __row::Some(__4),
                __row::Some(__5),
                __row::Some(__6),
                __row::Some(__7),
            ) = (
                __reader.take(<Id<Message> as __Type>::TYPE),
                __reader.take(<Id<Channel> as __Type>::TYPE),
                __reader.take(<Id<User> as __Type>::TYPE),
                __reader.take(<Option<String> as __Type>::TYPE),
                __reader.take(<Option<Timestamp> as __Type>::TYPE),
                __reader.take(<bool as __Type>::TYPE),
                __reader.take(<String as __Type>::TYPE),
                __reader.take(<Timestamp as __Type>::TYPE),
            ) else {
                return __reader.failed();
            };
            ::core::result::Result::Ok(Self {
                id: __0,
                channel_id: __1,
                author_id: __2,
                content: __3,
                edited_at: __4,
                is_deleted: __5,
                kind: __6,
                created_at: __7,
            })
        }
    }
    const _: () = {
        __verify::column::<Message>(4, "Option<Timestamp>");
        __verify::column::<Message>(7, "Timestamp");
    };
    const _: () = __verify::foreign_key_column(
        __verify::referenced_column::<Message>(0, <Channel as __Table>::TABLE, 0, 1),
    );
    const _: () = __verify::foreign_key_to_primary_key::<
        Message,
    >(1, <User as __Table>::TABLE, 2);
};
