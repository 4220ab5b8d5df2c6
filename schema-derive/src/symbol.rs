//! Every attribute word, spelled once, with the form it takes and the places it may stand in.

mod elsewhere;
mod lint;
mod name;
mod partition;
mod projection;
mod schema;
mod view;

pub(crate) use self::{
    elsewhere::ELSEWHERE,
    lint::LINT_RULES,
    name::*,
    partition::PARTITION_PLACE,
    projection::{PROJECTION_COLUMN_PLACE, PROJECTION_PLACE},
    schema::*,
    view::{VIEW_COLUMN_PLACE, VIEW_PLACE},
};
use partition::{PARTITION_BY_WORD, PARTITION_WORD, PARTITIONS_WORD};

/// What may follow a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing.
    Flag,
    /// `= value`.
    Value,
    /// `(…)`.
    List,
    /// Nothing or `(…)`.
    FlagOrList,
    /// Nothing or `= value`.
    FlagOrValue,
    /// `= value` or `(…)`.
    ValueOrList,
}

/// A word in one place.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    /// The right form, as an error shows it.
    pub(crate) example: &'static str,
    /// Whether it may stand more than once.
    pub(crate) repeats: bool,
}

impl Word {
    /// The example, or the first of several.
    pub(crate) fn first_example(&self) -> &'static str {
        self.example.split('`').next().unwrap_or(self.example)
    }
}

/// A list of words: an attribute, or the parentheses behind a word.
#[derive(Debug)]
pub(crate) struct Place {
    /// As errors call it.
    pub(crate) what: &'static str,
    pub(crate) words: &'static [Word],
}

impl Place {
    /// The word by this name, if it may stand here.
    pub(crate) fn word(&self, name: &str) -> Option<&'static Word> {
        self.words.iter().find(|word| word.name == name)
    }

    /// The names of all words that may stand here.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.words.iter().map(|word| word.name).collect()
    }
}

const fn one(name: &'static str, form: Form, example: &'static str) -> Word {
    Word {
        name,
        form,
        example,
        repeats: false,
    }
}

const fn many(name: &'static str, form: Form, example: &'static str) -> Word {
    Word {
        name,
        form,
        example,
        repeats: true,
    }
}

const CRATE_WORD: Word = one(CRATE, Form::Value, "crate = my_schema_core");
const CONSTRAINT_NAME: Word = one(NAME, Form::Value, "name = \"messages_key\"");
const DEFERRABLE_WORD: Word = one(DEFERRABLE, Form::Value, "deferrable = initially_deferred");
const INCLUDE_WORD: Word = one(INCLUDE, Form::List, "include(title, created_at)");
const NULLS_WORD: Word = one(NULLS_NOT_DISTINCT, Form::Flag, NULLS_NOT_DISTINCT);
const WHERE_WORD: Word = one(WHERE, Form::Value, "where = sql(\"not {is_deleted}\")");
const WITH_WORD: Word = one(WITH, Form::List, "with(fillfactor = 70)");
const ON_DELETE_WORD: Word = one(ON_DELETE, Form::Value, "on_delete = cascade");
const ON_UPDATE_WORD: Word = one(ON_UPDATE, Form::Value, "on_update = cascade");
const MATCH_FULL_WORD: Word = one(MATCH_FULL, Form::Flag, MATCH_FULL);
const NOT_VALID_WORD: Word = one(NOT_VALID, Form::Flag, NOT_VALID);
const COMMENT_WORD: Word = one(COMMENT, Form::Value, "comment = \"Registered accounts.\"");
const ALLOW_WORD: Word = many(
    ALLOW,
    Form::List,
    "allow(unindexed_foreign_key, reason = \"rows are never deleted\")",
);

/// On the struct.
pub(crate) static TABLE_PLACE: Place = Place {
    what: "#[table(…)]",
    words: &[
        one(NAME, Form::Value, "name = \"users\""),
        one(NAMESPACE, Form::Value, "namespace = \"audit\""),
        one(PRIMARY_KEY, Form::List, "primary_key(server_id, user_id)"),
        one(NO_PRIMARY_KEY, Form::Flag, NO_PRIMARY_KEY),
        many(UNIQUE, Form::List, "unique(username, discriminator)"),
        many(INDEX, Form::List, "index(channel_id, id desc)"),
        many(
            UNIQUE_INDEX,
            Form::List,
            "unique_index(sql(\"lower({email})\"))",
        ),
        many(
            FOREIGN_KEY,
            Form::List,
            "foreign_key(columns(server_id, user_id), references = ServerMember(server_id, user_id))",
        ),
        many(CHECK, Form::List, "check(sql(\"{starts_at} < {ends_at}\"))"),
        many(
            EXCLUDE,
            Form::List,
            "exclude(using = gist, during with \"&&\")",
        ),
        PARTITION_BY_WORD,
        PARTITION_WORD,
        PARTITIONS_WORD,
        one(ROW_LEVEL_SECURITY, Form::Flag, ROW_LEVEL_SECURITY),
        one(
            FORCE_ROW_LEVEL_SECURITY,
            Form::Flag,
            FORCE_ROW_LEVEL_SECURITY,
        ),
        many(
            POLICY,
            Form::List,
            "policy(name = \"own_rows\", using = sql(\"{owner} = current_user\"))",
        ),
        one(UNLOGGED, Form::Flag, UNLOGGED),
        WITH_WORD,
        one(REPLICA_IDENTITY, Form::Value, "replica_identity = full"),
        one(
            CLUSTERED_ON,
            Form::Value,
            "clustered_on = \"messages_pkey\"",
        ),
        one(RENAMED_FROM, Form::Value, "renamed_from = \"accounts\""),
        COMMENT_WORD,
        ALLOW_WORD,
        CRATE_WORD,
    ],
};

/// On a field.
pub(crate) static COLUMN_PLACE: Place = Place {
    what: "#[column(…)]",
    words: &[
        one(TYPE, Form::Value, "type = varchar(32)"),
        one(NAME, Form::Value, "name = \"user_id\""),
        one(PRIMARY_KEY, Form::FlagOrList, PRIMARY_KEY),
        one(UNIQUE, Form::FlagOrList, "unique(nulls_not_distinct)"),
        many(INDEX, Form::FlagOrList, "index(using = hash)"),
        many(
            UNIQUE_INDEX,
            Form::FlagOrList,
            "unique_index(where = sql(\"not {revoked}\"))",
        ),
        one(REFERENCES, Form::Value, "references = User(id)"),
        ON_DELETE_WORD,
        ON_UPDATE_WORD,
        MATCH_FULL_WORD,
        DEFERRABLE_WORD,
        NOT_VALID_WORD,
        one(
            DEFAULT,
            Form::Value,
            "default = \"offline\"` or `default = sql(\"now()\")",
        ),
        many(
            CHECK,
            Form::ValueOrList,
            "check = sql(\"{size_bytes} >= 0\")",
        ),
        one(
            GENERATED,
            Form::Value,
            "generated = sql(\"lower({email})\")",
        ),
        one(IDENTITY, Form::ValueOrList, "identity = always"),
        one(COLLATE, Form::Value, "collate = \"C\""),
        one(STORAGE, Form::Value, "storage = external"),
        one(COMPRESSION, Form::Value, "compression = lz4"),
        one(STATISTICS, Form::Value, "statistics = 500"),
        one(OPTIONS, Form::List, "options(n_distinct = 100)"),
        one(JSON, Form::Flag, JSON),
        one(RENAMED_FROM, Form::Value, "renamed_from = \"nick\""),
        COMMENT_WORD,
        ALLOW_WORD,
        one(SKIP, Form::Flag, SKIP),
    ],
};

/// Behind `primary_key`.
pub(crate) static PRIMARY_KEY_PLACE: Place = Place {
    what: "primary_key(…)",
    words: &[
        CONSTRAINT_NAME,
        INCLUDE_WORD,
        WITH_WORD,
        DEFERRABLE_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `unique`.
pub(crate) static UNIQUE_PLACE: Place = Place {
    what: "unique(…)",
    words: &[
        CONSTRAINT_NAME,
        INCLUDE_WORD,
        WITH_WORD,
        NULLS_WORD,
        DEFERRABLE_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `index`.
pub(crate) static INDEX_PLACE: Place = Place {
    what: "index(…)",
    words: &[
        one(NAME, Form::Value, "name = \"messages_newest\""),
        one(USING, Form::Value, "using = gin"),
        INCLUDE_WORD,
        WHERE_WORD,
        WITH_WORD,
        one(CONCURRENTLY, Form::Flag, CONCURRENTLY),
        COMMENT_WORD,
    ],
};

/// Behind `unique_index`.
pub(crate) static UNIQUE_INDEX_PLACE: Place = Place {
    what: "unique_index(…)",
    words: &[
        one(NAME, Form::Value, "name = \"messages_newest\""),
        one(USING, Form::Value, "using = btree"),
        INCLUDE_WORD,
        WHERE_WORD,
        WITH_WORD,
        one(CONCURRENTLY, Form::Flag, CONCURRENTLY),
        NULLS_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `foreign_key`.
pub(crate) static FOREIGN_KEY_PLACE: Place = Place {
    what: "foreign_key(…)",
    words: &[
        CONSTRAINT_NAME,
        one(COLUMNS, Form::List, "columns(server_id, user_id)"),
        one(
            REFERENCES,
            Form::Value,
            "references = ServerMember(server_id, user_id)",
        ),
        ON_DELETE_WORD,
        ON_UPDATE_WORD,
        MATCH_FULL_WORD,
        DEFERRABLE_WORD,
        NOT_VALID_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `check`.
pub(crate) static CHECK_PLACE: Place = Place {
    what: "check(…)",
    words: &[
        CONSTRAINT_NAME,
        one(NO_INHERIT, Form::Flag, NO_INHERIT),
        NOT_VALID_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `exclude`.
pub(crate) static EXCLUDE_PLACE: Place = Place {
    what: "exclude(…)",
    words: &[
        CONSTRAINT_NAME,
        one(USING, Form::Value, "using = gist"),
        INCLUDE_WORD,
        WHERE_WORD,
        WITH_WORD,
        DEFERRABLE_WORD,
        COMMENT_WORD,
    ],
};

/// Behind `allow`.
pub(crate) static ALLOW_PLACE: Place = Place {
    what: "allow(…)",
    words: &[one(
        REASON,
        Form::Value,
        "reason = \"rows are never deleted\"",
    )],
};

/// Behind `policy`.
pub(crate) static POLICY_PLACE: Place = Place {
    what: "policy(…)",
    words: &[
        one(NAME, Form::Value, "name = \"own_rows\""),
        one(AS, Form::Value, "as = restrictive"),
        one(FOR, Form::Value, "for = select"),
        one(
            TO,
            Form::ValueOrList,
            "to = app_user` or `to(app_user, app_admin)",
        ),
        one(
            USING,
            Form::Value,
            "using = sql(\"{owner} = current_user\")",
        ),
        one(
            WITH_CHECK,
            Form::Value,
            "with_check = sql(\"{owner} = current_user\")",
        ),
        COMMENT_WORD,
    ],
};

/// On an enum with `TextEnum`.
pub(crate) static TEXT_ENUM_PLACE: Place = Place {
    what: "#[text(…)]",
    words: &[
        one(RENAME_ALL, Form::Value, "rename_all = \"kebab-case\""),
        CRATE_WORD,
    ],
};

/// On a variant of an enum with `TextEnum`.
pub(crate) static TEXT_VARIANT_PLACE: Place = Place {
    what: "#[text(…)]",
    words: &[one(NAME, Form::Value, "name = \"away\"")],
};

const TYPE_NAME_WORD: Word = one(NAME, Form::Value, "name = \"mood\"");
const NAMESPACE_WORD: Word = one(NAMESPACE, Form::Value, "namespace = \"audit\"");
const TYPE_WORD: Word = one(TYPE, Form::Value, "type = varchar(320)");
const COLLATE_WORD: Word = one(COLLATE, Form::Value, "collate = \"C\"");

/// On an enum with `SqlEnum`.
pub(crate) static SQL_ENUM_PLACE: Place = Place {
    what: "#[sql_enum(…)]",
    words: &[
        TYPE_NAME_WORD,
        NAMESPACE_WORD,
        one(RENAME_ALL, Form::Value, "rename_all = \"kebab-case\""),
        COMMENT_WORD,
        CRATE_WORD,
    ],
};

/// On a variant of an enum with `SqlEnum`.
pub(crate) static SQL_VARIANT_PLACE: Place = Place {
    what: "#[sql_enum(…)]",
    words: &[one(NAME, Form::Value, "name = \"away\"")],
};

/// On a struct with `SqlDomain`.
pub(crate) static SQL_DOMAIN_PLACE: Place = Place {
    what: "#[sql_domain(…)]",
    words: &[
        TYPE_NAME_WORD,
        NAMESPACE_WORD,
        TYPE_WORD,
        one(NOT_NULL, Form::Flag, NOT_NULL),
        one(
            DEFAULT,
            Form::Value,
            "default = \"offline\"` or `default = sql(\"now()\")",
        ),
        many(CHECK, Form::ValueOrList, "check = sql(\"VALUE >= 0\")"),
        COLLATE_WORD,
        COMMENT_WORD,
        CRATE_WORD,
    ],
};

/// Behind `check` of a domain.
pub(crate) static SQL_DOMAIN_CHECK_PLACE: Place = Place {
    what: "check(…)",
    words: &[CONSTRAINT_NAME, COMMENT_WORD],
};

/// On a struct with `SqlComposite`.
pub(crate) static SQL_COMPOSITE_PLACE: Place = Place {
    what: "#[sql_composite(…)]",
    words: &[TYPE_NAME_WORD, NAMESPACE_WORD, COMMENT_WORD, CRATE_WORD],
};

/// On a field of a struct with `SqlComposite`.
pub(crate) static SQL_ATTRIBUTE_PLACE: Place = Place {
    what: "#[sql_composite(…)]",
    words: &[
        TYPE_WORD,
        one(NAME, Form::Value, "name = \"zip_code\""),
        COLLATE_WORD,
        COMMENT_WORD,
    ],
};

/// On a struct with `SqlFlags`.
pub(crate) static FLAGS_PLACE: Place = Place {
    what: "#[flags(…)]",
    words: &[CRATE_WORD],
};

/// The flags of some list or other, which are no columns where they are out of place.
pub(crate) const FLAG_WORDS: [&str; 5] = [
    CONCURRENTLY,
    MATCH_FULL,
    NO_INHERIT,
    NOT_VALID,
    NULLS_NOT_DISTINCT,
];
