const _: () = {
    use ::schema_core::{
        View as __View, def as __def, relation::Relation as __Relation, row as __row,
        ty as __ty, ty::ColumnType as __Type, __private::verify::view as __verify,
    };
    static __COLUMNS: [__def::ColumnDef; 3] = [
        __def::ColumnDef::new("id", <Id<User> as __Type>::FACTS),
        __def::ColumnDef::new("username", <String as __Type>::FACTS),
        __def::ColumnDef::new("messages", <i64 as __Type>::FACTS).comment("All of them."),
    ];
    static __TABLE: __def::TableDef = __def::TableDef::new(
            <Author as __View>::NAME,
            __def::Location::of("Author"),
        )
        .comment("Who wrote how much.")
        .columns(&__COLUMNS)
        .indexes(
            &[__def::IndexDef::new(&[__def::IndexKeyDef::column("id")]).unique(true)],
        )
        .is_view(true);
    static __QUERY: [__def::QueryPart; 28] = [
        __def::QueryPart::Text("SELECT "),
        __def::QueryPart::Name("u"),
        __def::QueryPart::Text("."),
        __def::QueryPart::Column(<User as __Relation>::RELATION, "id"),
        __def::QueryPart::Text(", "),
        __def::QueryPart::Name("u"),
        __def::QueryPart::Text("."),
        __def::QueryPart::Column(<User as __Relation>::RELATION, "username"),
        __def::QueryPart::Text(", count(*) AS messages\n          FROM "),
        __def::QueryPart::Table(<User as __Relation>::RELATION.name),
        __def::QueryPart::Text(" AS "),
        __def::QueryPart::Name("u"),
        __def::QueryPart::Text(" JOIN "),
        __def::QueryPart::Table(<Message as __Relation>::RELATION.name),
        __def::QueryPart::Text(" AS "),
        __def::QueryPart::Name("m"),
        __def::QueryPart::Text(" ON "),
        __def::QueryPart::Name("m"),
        __def::QueryPart::Text("."),
        __def::QueryPart::Column(<Message as __Relation>::RELATION, "author_id"),
        __def::QueryPart::Text(" = "),
        __def::QueryPart::Name("u"),
        __def::QueryPart::Text("."),
        __def::QueryPart::Column(<User as __Relation>::RELATION, "id"),
        __def::QueryPart::Text(" GROUP BY "),
        __def::QueryPart::Name("u"),
        __def::QueryPart::Text("."),
        __def::QueryPart::Column(<User as __Relation>::RELATION, "id"),
    ];
    static __USES: [&__def::TableDef; 3] = [
        <User as __Relation>::RELATION,
        <Message as __Relation>::RELATION,
        <Server as __Relation>::RELATION,
    ];
    static __VIEW: __def::ViewDef = __def::ViewDef::new(
            &__TABLE,
            __def::QueryText(&__QUERY),
        )
        .uses(&__USES)
        .materialized(true)
        .with(&[("fillfactor", "70")]);
    #[automatically_derived]
    impl __Relation for Author {
        const RELATION: &'static __def::TableDef = &__TABLE;
        const LISTED: __def::ListedDef = __def::ListedDef::View(&__VIEW);
    }
    #[automatically_derived]
    impl __View for Author {
        const NAME: __def::TableName = __def::TableName::hashed(
            "public",
            "authors",
            15963731425707663808,
        );
        const VIEW: &'static __def::ViewDef = &__VIEW;
    }
    #[automatically_derived]
    impl ::schema_core::view::Materialized for Author {}
    #[automatically_derived]
    impl ::schema_core::view::RefreshedConcurrently for Author {}
    #[automatically_derived]
    impl<'__r> __row::FromRow<'__r> for Author {
        const SOURCE: &'static ::core::primitive::str = "authors";
        const FIELDS: &'static [__row::RowField] = &__row::RowField::of(&__COLUMNS);
        fn read(__reader: &mut __row::Reader<'__r, '_>) -> __row::ReadResult<Self> {
            let (__row::Some(__0), __row::Some(__1), __row::Some(__2)) = (
                __reader.take(<Id<User> as __Type>::TYPE),
                __reader.take(<String as __Type>::TYPE),
                __reader.take(<i64 as __Type>::TYPE),
            ) else {
                return __reader.failed();
            };
            ::core::result::Result::Ok(Self {
                id: __0,
                username: __1,
                messages: __2,
            })
        }
    }
    const _: ::core::primitive::usize = __verify::query_column(
        <User as __Relation>::RELATION,
        "id",
    );
    const _: ::core::primitive::usize = __verify::query_column(
        <User as __Relation>::RELATION,
        "username",
    );
    const _: ::core::primitive::usize = __verify::query_column(
        <Message as __Relation>::RELATION,
        "author_id",
    );
    const _: () = __verify::view_column(
        &__TABLE,
        0,
        <User as __Relation>::RELATION,
        "id",
        __verify::Nulls::Unknown,
    );
    const _: () = __verify::view_column(
        &__TABLE,
        1,
        <User as __Relation>::RELATION,
        "username",
        __verify::Nulls::AsColumn,
    );
};
