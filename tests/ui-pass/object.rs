//! What stands beside the mistakes in `ui/object`, put right.

#![allow(dead_code)]

mod without_name {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", start = 10)],
            extensions = [extension(name = "citext", cascade)];
    }
}

mod value_without_word {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers")];
    }
}

mod listed_twice {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers")], objects = [sql("CREATE FUNCTION touch() RETURNS int RETURN 1")];
    }
}

mod sequence_type {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", type = integer)];
    }
}

mod past_64_bits {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", max = 9223372036854775807)];
    }
}

mod identity_without_always {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "invoices")]
    pub struct Invoice {
        #[column(primary_key, identity(always, start = 10))]
        pub number: i64,
        #[column(identity = by_default)]
        pub position: i64,
    }

    schema! {
        pub static SHOP = [Invoice];
    }
}

mod object_without_text {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION touch() RETURNS int RETURN 1"),
            sql("CREATE VIEW one AS SELECT 1"),
        ];
    }
}

mod before_an_object {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            object(sql("CREATE FUNCTION touch() RETURNS int RETURN 1"), before(Message)),
            object(sql("CREATE VIEW one AS SELECT 1"), depends(touch)),
        ];
    }
}

mod kind_without_name {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            object(sql("GRANT SELECT ON {Message} TO PUBLIC"), kind = "grant", name = "readers"),
        ];
    }
}

mod no_placeholder {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION no_names() RETURNS text[] RETURN '{{a, b}}'::text[]"),
        ];
    }
}

mod head_without_parts {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION touch() RETURNS int RETURN 1"),
        ];
    }
}

mod unknown_kind {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            object(sql("GRANT SELECT ON {Message} TO PUBLIC"), kind = "grant", name = "readers"),
        ];
    }
}

mod has_its_own_words {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION touch() RETURNS int RETURN 1"),
        ];
    }
}

mod unknown_object {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION touch() RETURNS int RETURN 1"),
            object(sql("CREATE VIEW one AS SELECT touch()"), depends(touch)),
        ];
    }
}

mod circle {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], objects = [
            sql("CREATE FUNCTION touch() RETURNS int RETURN 1"),
            object(sql("CREATE VIEW one AS SELECT 1"), depends(touch)),
        ];
    }
}

mod collation_locale {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], collations = [collation(name = "german", provider = icu, locale = "de")];
    }
}

mod collation_provider {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], collations = [collation(name = "german", provider = icu, locale = "de", nondeterministic)];
    }
}

mod increment_of_zero {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", increment = 10)];
    }
}

mod limit_out_of_type {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", type = smallint, min = -30000, max = 30000)];
    }
}

mod empty_range {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", min = 10, max = 20)];
    }
}

mod start_outside {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", start = 0, min = 0)];
    }
}

mod cache_of_zero {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", cache = 20)];
    }
}

mod name_taken {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers")];
    }
}

mod owner_in_other_namespace {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    schema! {
        pub static CHAT = [Message], sequences = [sequence(name = "numbers", owned_by = Message(id))];
    }
}

mod table_not_listed {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "messages")]
    pub struct Message {
        #[column(primary_key)]
        pub id: i64,
        pub content: String,
    }

    #[derive(Table)]
    #[table(name = "orders")]
    pub struct Order {
        #[column(primary_key)]
        pub number: i64,
    }

    schema! {
        pub static CHAT = [Message, Order],
            sequences = [sequence(name = "numbers", owned_by = Order(number))],
            objects = [
                sql("CREATE VIEW all_orders AS SELECT {Order.number} FROM {Order}"),
                object(sql("CREATE VIEW one AS SELECT 1"), depends(Order)),
            ];
    }
}

mod extension_elsewhere {
    use schema_core::{Table, schema};

    #[derive(Table)]
    #[table(name = "places", index(name gin_trgm_ops, using = gin))]
    pub struct Place {
        #[column(primary_key)]
        pub id: i64,
        pub name: String,
        #[column(type = "ext.hstore")]
        pub tags: String,
    }

    schema! {
        pub static PLACES = [Place], extensions = [
            "pg_trgm",
            extension(name = "hstore", namespace = "ext"),
        ];
    }
}

fn main() {}
