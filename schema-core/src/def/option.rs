//! What the derive adds to a definition: one method per field, each with the field's name.
//!
//! A call moves the definition whole, where `..new(…)` moves it field by field: the compiler reads, checks and runs a
//! third of the code for it, for every column of every table.

use super::{
    AllowDef, CheckDef, CheckOption, CollationDef, ColumnDef, Compression, DefaultDef, Deferrable,
    DependencyDef, ExclusionDef, ExtensionDef, ForeignKeyDef, IdentityDef, IndexDef, IndexKeyDef,
    KeyDef, NullsOrder, ObjectDef, PartitionByDef, PartitionDef, PolicyDef, ReferentialActionDef,
    ReplicaIdentityDef, SequenceDef, SequenceOptionsDef, SortOrder, SqlText, Storage, TableDef,
    TableName, ViewDef,
};
use crate::ty::TypeDef;

/// `field: its type`; one of type `Option<…>` as `field?: what is in the option`.
macro_rules! options {
    ($($def:ident { $($fields:tt)* })+) => {
        $(impl $def { options! { @ $($fields)* } })+
    };
    (@ $field:ident?: $ty:ty, $($rest:tt)*) => {
        #[doc(hidden)]
        #[must_use]
        pub const fn $field(mut self, $field: $ty) -> Self {
            self.$field = Some($field);
            self
        }
        options! { @ $($rest)* }
    };
    (@ $field:ident: $ty:ty, $($rest:tt)*) => {
        #[doc(hidden)]
        #[must_use]
        pub const fn $field(mut self, $field: $ty) -> Self {
            self.$field = $field;
            self
        }
        options! { @ $($rest)* }
    };
    (@) => {};
}

type Name = &'static str;
type Names = &'static [&'static str];
type Parameters = &'static [(&'static str, &'static str)];

options! {
    TableDef {
        comment?: Name,
        columns: &'static [ColumnDef],
        primary_key?: KeyDef,
        uniques: &'static [KeyDef],
        checks: &'static [CheckDef],
        exclusions: &'static [ExclusionDef],
        indexes: &'static [IndexDef],
        partition_by?: PartitionByDef,
        row_level_security: bool,
        force_row_level_security: bool,
        unlogged: bool,
        with: Parameters,
        replica_identity?: ReplicaIdentityDef,
        clustered_on?: Name,
        policies: &'static [PolicyDef],
        allows: &'static [AllowDef],
        is_view: bool,
        renamed_from?: Name,
    }
    ColumnDef {
        sql_type: TypeDef,
        default?: DefaultDef,
        generated?: SqlText,
        identity?: IdentityDef,
        collation?: Name,
        storage?: Storage,
        compression?: Compression,
        statistics?: i32,
        options: Parameters,
        comment?: Name,
        renamed_from?: Name,
    }
    IdentityDef {
        name?: Name,
        options: SequenceOptionsDef,
    }
    SequenceOptionsDef {
        start?: i64,
        increment?: i64,
        min?: i64,
        max?: i64,
        cache?: i64,
        cycle: bool,
    }
    SequenceDef {
        sql_type: TypeDef,
        options: SequenceOptionsDef,
        owned_by?: (&'static TableDef, &'static str),
        comment?: Name,
    }
    CollationDef {
        ctype: Name,
        deterministic: bool,
        comment?: Name,
    }
    ExtensionDef {
        namespace?: Name,
        version?: Name,
        cascade: bool,
        comment?: Name,
    }
    ObjectDef {
        namespace?: Name,
        arguments?: SqlText,
        table?: TableName,
        method?: Name,
        comment?: Name,
        depends_on: &'static [DependencyDef],
        needed_by: &'static [&'static TableDef],
    }
    PartitionByDef {
        partitions: &'static [PartitionDef],
    }
    PartitionDef {
        comment?: Name,
        partition_by?: PartitionByDef,
    }
    KeyDef {
        name?: Name,
        include: Names,
        nulls_not_distinct: bool,
        with: Parameters,
        deferrable?: Deferrable,
        comment?: Name,
    }
    CheckDef {
        name?: Name,
        no_inherit: bool,
        not_valid: bool,
        comment?: Name,
    }
    ExclusionDef {
        name?: Name,
        method?: Name,
        include: Names,
        with: Parameters,
        predicate?: SqlText,
        deferrable?: Deferrable,
        comment?: Name,
    }
    IndexDef {
        name?: Name,
        unique: bool,
        nulls_not_distinct: bool,
        method?: Name,
        include: Names,
        with: Parameters,
        predicate?: SqlText,
        concurrently: bool,
        comment?: Name,
    }
    IndexKeyDef {
        order?: SortOrder,
        nulls?: NullsOrder,
        operator_class?: Name,
        collation?: Name,
    }
    ViewDef {
        uses: &'static [&'static TableDef],
        materialized: bool,
        with: Parameters,
        check_option?: CheckOption,
        method?: Name,
        tablespace?: Name,
        with_no_data: bool,
    }
    ForeignKeyDef {
        name?: Name,
        on_delete: ReferentialActionDef,
        on_update: ReferentialActionDef,
        match_full: bool,
        deferrable?: Deferrable,
        not_valid: bool,
        comment?: Name,
    }
}
