//! What was renamed, told by hints: the previous schema as it is once the renames are done.

use std::{collections::BTreeMap, error, fmt};

use schema_core::{
    def::SchemaDef,
    ident,
    schema::{
        Check, Dependency, Expression, ForeignKey, IndexKey, Indexed, QualifiedName,
        ReferentialAction, Schema, Securable, Sequence, Table,
    },
};

/// Which tables and columns of a schema got another name.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Column, QualifiedName, Schema, Table};
/// use schema_kit::diff::Renames;
///
/// let table = Table {
///     columns: vec![Column::new("nick", "text".parse()?)],
///     ..Table::new(QualifiedName::new("public", "user"))
/// };
/// let previous = Schema { tables: vec![table], ..Schema::default() };
///
/// let renames = Renames::from_hints(&["user=users", "user.nick=display_name"], &previous)?;
/// let renamed = renames.apply(&previous);
/// assert_eq!(renamed.tables[0].name.name, "users");
/// assert_eq!(renamed.tables[0].columns[0].name, "display_name");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renames {
    /// Tables: the previous name and the next one.
    tables: BTreeMap<QualifiedName, QualifiedName>,
    /// Columns, by their table's previous name: the previous name and the next one.
    columns: BTreeMap<QualifiedName, BTreeMap<String, String>>,
}

/// Why a hint cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameError {
    /// The hint is not `old=new`.
    Malformed {
        /// The hint.
        hint: String,
    },
    /// What it renames is not there.
    Missing {
        /// The hint.
        hint: String,
    },
    /// There is both a table and a column it could mean.
    Ambiguous {
        /// The hint.
        hint: String,
    },
    /// The new name is taken already.
    Taken {
        /// The hint.
        hint: String,
        /// Who has the name.
        name: String,
    },
}

impl RenameError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => {
                "write `table=new_name` or `table.column=new_name`, with `namespace.` before a table outside of `public`"
            }
            Self::Missing { .. } => {
                "name it as the previous schema does, or leave the hint out where the rename is done already"
            }
            Self::Ambiguous { .. } => "write the namespace too: `public.table.column=new_name`",
            Self::Taken { .. } => "choose another name, or drop what has it first",
        }
    }
}

impl fmt::Display for RenameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { hint } => write!(f, "the rename `{hint}` is not `old=new`"),
            Self::Missing { hint } => write!(
                f,
                "the rename `{hint}` is of a table or column that the previous schema does not have"
            ),
            Self::Ambiguous { hint } => {
                write!(f, "the rename `{hint}` may mean a table or a column")
            }
            Self::Taken { hint, name } => {
                write!(f, "the rename `{hint}` needs a name that `{name}` has")
            }
        }
    }
}

impl error::Error for RenameError {}

impl Renames {
    /// Reads hints: `table=new_name` and `table.column=new_name`, each with the namespace in front where that is not
    /// `public`. All names on the left are those of the previous schema.
    ///
    /// # Errors
    ///
    /// When a hint is malformed, names what is not there or could be two things, or its new name is taken.
    pub fn from_hints<S: AsRef<str>>(hints: &[S], previous: &Schema) -> Result<Self, RenameError> {
        let mut renames = Self::default();
        for hint in hints {
            renames.add_hint(hint.as_ref(), previous)?;
        }
        Ok(renames)
    }

    /// Tables by their previous names, each with its next one.
    pub(crate) fn of_tables(tables: BTreeMap<QualifiedName, QualifiedName>) -> Self {
        Self {
            tables,
            ..Self::default()
        }
    }

    /// Adds what `renamed_from` says of tables and columns whose former name the previous schema still has. Returns the
    /// places whose `renamed_from` did nothing, `table` or `table.column`: the rename is done, and the word can go.
    pub fn add_definitions(&mut self, schema: &SchemaDef, previous: &Schema) -> Vec<String> {
        let mut stale = Vec::new();
        for entry in schema.tables {
            let table = entry.table;
            let name = QualifiedName::new(table.name.namespace, table.name.name);
            let former = table
                .renamed_from
                .map(|former| QualifiedName::new(table.name.namespace, former));
            let found = former.filter(|former| {
                find(previous, former).is_some() && find(previous, &name).is_none()
            });
            match &found {
                Some(former) => {
                    self.tables.insert(former.clone(), name.clone());
                }
                None if table.renamed_from.is_some() => stale.push(name.to_string()),
                None => {}
            }
            let before = find(previous, found.as_ref().unwrap_or(&name));
            for column in table.columns {
                let Some(former) = column.renamed_from else {
                    continue;
                };
                match before {
                    Some(before)
                        if before.column(former).is_some()
                            && before.column(column.name).is_none() =>
                    {
                        self.add_column(&before.name, former, column.name);
                    }
                    _ => stale.push(format!("{name}.{}", column.name)),
                }
            }
        }
        stale
    }

    /// Whether nothing is renamed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.columns.is_empty()
    }

    /// The tables that are renamed, by their previous names.
    pub fn tables(&self) -> impl Iterator<Item = (&QualifiedName, &QualifiedName)> {
        self.tables.iter()
    }

    /// The columns that are renamed: the table's previous name, the column's, and its next one.
    pub fn columns(&self) -> impl Iterator<Item = (&QualifiedName, &str, &str)> {
        self.columns.iter().flat_map(|(table, columns)| {
            columns
                .iter()
                .map(move |(previous, next)| (table, previous.as_str(), next.as_str()))
        })
    }

    /// Says in words what is renamed, one line each.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{QualifiedName, Schema, Table};
    /// use schema_kit::diff::Renames;
    ///
    /// let table = Table::new(QualifiedName::new("public", "user"));
    /// let schema = Schema { tables: vec![table], ..Schema::default() };
    /// let renames = Renames::from_hints(&["user=users"], &schema)?;
    /// assert_eq!(renames.summary(), ["rename table user to users"]);
    /// # Ok::<(), schema_kit::diff::RenameError>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let tables = self.tables();
        let tables = tables.map(|(previous, next)| format!("rename table {previous} to {next}"));
        let columns = self.columns();
        let columns = columns
            .map(|(table, previous, next)| format!("rename column {table}.{previous} to {next}"));
        tables.chain(columns).collect()
    }

    /// What a table was called before these renames, by what it is called after them.
    pub(crate) fn previous_table<'n>(&'n self, next: &'n QualifiedName) -> &'n QualifiedName {
        let found = self.tables.iter().find(|(_, name)| *name == next);
        found.map_or(next, |(previous, _)| previous)
    }

    /// The renames that undo these.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let tables = self.tables.iter();
        let columns = self.columns.iter().map(|(table, columns)| {
            let table = self.tables.get(table).unwrap_or(table).clone();
            let columns = columns.iter();
            let columns = columns.map(|(previous, next)| (next.clone(), previous.clone()));
            (table, columns.collect())
        });
        Self {
            tables: tables
                .map(|(previous, next)| (next.clone(), previous.clone()))
                .collect(),
            columns: columns.collect(),
        }
    }

    /// Makes the schema that the previous one becomes by these renames alone. Constraints and indexes keep their names,
    /// as the server leaves them theirs.
    #[must_use]
    pub fn apply(&self, previous: &Schema) -> Schema {
        let mut schema = previous.clone();
        for table in &mut schema.tables {
            let own = self.columns_of(previous, &table.name);
            self.rename_table(table, own.as_ref());
        }
        for sequence in &mut schema.sequences {
            self.rename_owner(sequence);
        }
        for object in &mut schema.objects {
            let needed = object
                .depends_on
                .iter_mut()
                .filter_map(|needed| match needed {
                    Dependency::Table(table) => Some(table),
                    _ => None,
                });
            for table in object.table.iter_mut().chain(needed) {
                if let Some(next) = self.tables.get(table) {
                    *table = next.clone();
                }
            }
        }
        // The server renames what a view reads within the view.
        for read in schema
            .views
            .iter_mut()
            .flat_map(|view| &mut view.depends_on)
        {
            if let Some(next) = self.tables.get(read) {
                *read = next.clone();
            }
        }
        if let Some(privileges) = &mut schema.privileges {
            let objects = std::mem::take(&mut privileges.objects).into_iter();
            privileges.objects = objects
                .map(|(on, grants)| (self.securable(on), grants))
                .collect();
        }
        schema
    }

    /// What privileges are granted on goes by its next name.
    fn securable(&self, mut on: Securable) -> Securable {
        if let Securable::Column(table, column) = &mut on {
            rename_one(self.columns.get(table), column);
        }
        if let Securable::Column(table, _) | Securable::Relation(table) = &mut on
            && let Some(next) = self.tables.get(table)
        {
            *table = next.clone();
        }
        on
    }

    /// A sequence that a column owns goes where its table goes, and keeps its name.
    fn rename_owner(&self, sequence: &mut Sequence) {
        let Some((table, column)) = &mut sequence.owned_by else {
            return;
        };
        rename_one(self.columns.get(table), column);
        if let Some(next) = self.tables.get(table) {
            sequence.name.namespace.clone_from(&next.namespace);
            *table = next.clone();
        }
    }

    fn add_hint(&mut self, hint: &str, previous: &Schema) -> Result<(), RenameError> {
        let hint_text = || hint.to_owned();
        let malformed = || RenameError::Malformed { hint: hint_text() };
        let (old, new) = hint.split_once('=').ok_or_else(malformed)?;
        let old: Vec<&str> = old.trim().split('.').collect();
        let new: Vec<&str> = new.trim().split('.').collect();
        if old.iter().chain(&new).any(|part| part.is_empty()) {
            return Err(malformed());
        }
        let public = ident::PUBLIC;
        let (table, column) = match old[..] {
            [table] => (Some((public, table)), None),
            [first, second] => (Some((first, second)), Some((public, first, second))),
            [namespace, table, column] => (None, Some((namespace, table, column))),
            _ => return Err(malformed()),
        };
        let table = table.and_then(|(namespace, name)| {
            let partitions = previous.tables.iter().flat_map(Table::partitions);
            let mut partitions = partitions.map(|(_, partition)| &partition.table);
            let is_meant =
                |table: &&Table| table.name.namespace == namespace && table.name.name == name;
            previous
                .table(namespace, name)
                .or_else(|| partitions.find(is_meant))
        });
        let column = column.and_then(|(namespace, table, column)| {
            let table = previous.table(namespace, table)?;
            table.column(column).map(|column| (table, column))
        });
        let taken = |name: String| RenameError::Taken {
            hint: hint_text(),
            name,
        };
        match (table, column) {
            (Some(_), Some(_)) => Err(RenameError::Ambiguous { hint: hint_text() }),
            (None, None) => Err(RenameError::Missing { hint: hint_text() }),
            (Some(table), None) => {
                let next = match new[..] {
                    [name] => QualifiedName::new(table.name.namespace.as_str(), name),
                    [namespace, name] => QualifiedName::new(namespace, name),
                    _ => return Err(malformed()),
                };
                if find(previous, &next).is_some() {
                    return Err(taken(next.to_string()));
                }
                self.tables.insert(table.name.clone(), next);
                Ok(())
            }
            (None, Some((table, column))) => {
                // `table.old=table.new` says the same as `table.old=new`.
                let next = new[new.len() - 1];
                if table.column(next).is_some() {
                    return Err(taken(format!("{}.{next}", table.name)));
                }
                self.add_column(&table.name, &column.name, next);
                Ok(())
            }
        }
    }

    fn add_column(&mut self, table: &QualifiedName, previous: &str, next: &str) {
        let columns = self.columns.entry(table.clone()).or_default();
        columns.insert(previous.to_owned(), next.to_owned());
    }

    /// The columns of a table that are renamed, those of the tables it inherits from among them.
    fn columns_of(&self, previous: &Schema, table: &QualifiedName) -> Option<Columns> {
        let mut columns = Columns::new();
        let mut pending = vec![table];
        while let Some(name) = pending.pop() {
            columns.extend(self.columns.get(name).cloned().unwrap_or_default());
            pending.extend(find(previous, name).into_iter().flat_map(|it| &it.inherits));
        }
        (!columns.is_empty()).then_some(columns)
    }

    /// Renames a table and its partitions, which have its columns.
    fn rename_table(&self, table: &mut Table, own: Option<&Columns>) {
        self.rename_columns(table, own);
        if let Some(next) = self.tables.get(&table.name) {
            table.name = next.clone();
        }
        let partitions = table.partition_by.iter_mut();
        for partition in partitions.flat_map(|by| &mut by.partitions) {
            self.rename_table(&mut partition.table, own);
        }
    }

    /// Renames columns wherever a table, under its previous name, speaks of them.
    fn rename_columns(&self, table: &mut Table, own: Option<&Columns>) {
        let names = |columns: &mut Vec<String>| rename_all(own, columns);
        for column in &mut table.columns {
            rename_one(own, &mut column.name);
        }
        if let Some(key) = &mut table.primary_key {
            names(&mut key.columns);
            names(&mut key.include);
        }
        for unique in &mut table.uniques {
            names(&mut unique.columns);
            names(&mut unique.include);
        }
        let previous = table.name.name.clone();
        let expression = |expression: &mut Expression| rename_in(own, &previous, expression);
        let key = |key: &mut IndexKey| match &mut key.key {
            Indexed::Column(name) => rename_one(own, name),
            Indexed::Expression(sql) => expression(sql),
        };
        for column in &mut table.columns {
            column.generated.iter_mut().for_each(expression);
        }
        for Check {
            expression: sql, ..
        } in &mut table.checks
        {
            expression(sql);
        }
        for exclusion in &mut table.exclusions {
            exclusion
                .elements
                .iter_mut()
                .for_each(|it| key(&mut it.key));
            names(&mut exclusion.include);
            exclusion.predicate.iter_mut().for_each(expression);
        }
        for index in &mut table.indexes {
            index.keys.iter_mut().for_each(key);
            names(&mut index.include);
            index.predicate.iter_mut().for_each(expression);
        }
        if let Some(partition) = &mut table.partition_by {
            partition.keys.iter_mut().for_each(key);
        }
        for policy in &mut table.policies {
            policy.using.iter_mut().for_each(expression);
            policy.with_check.iter_mut().for_each(expression);
        }
        for foreign_key in &mut table.foreign_keys {
            self.rename_in_foreign_key(own, foreign_key);
        }
    }

    fn rename_in_foreign_key(&self, own: Option<&Columns>, foreign_key: &mut ForeignKey) {
        let ForeignKey {
            columns,
            referenced_table,
            referenced_columns,
            on_delete,
            on_update,
            ..
        } = foreign_key;
        rename_all(own, columns);
        rename_all(self.columns.get(referenced_table), referenced_columns);
        if let Some(next) = self.tables.get(referenced_table) {
            *referenced_table = next.clone();
        }
        for action in [on_delete, on_update] {
            if let ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) =
                action
            {
                rename_all(own, columns);
            }
        }
    }
}

type Columns = BTreeMap<String, String>;

fn rename_one(columns: Option<&Columns>, name: &mut String) {
    if let Some(next) = columns.and_then(|columns| columns.get(name)) {
        name.clone_from(next);
    }
}

fn rename_all(columns: Option<&Columns>, names: &mut [String]) {
    names.iter_mut().for_each(|name| rename_one(columns, name));
}

fn rename_in(columns: Option<&Columns>, table: &str, expression: &mut Expression) {
    if let Some(columns) = columns {
        let rename = |name: &str| columns.get(name).cloned();
        let renamed = ident::rename_columns(expression.as_str(), table, rename);
        *expression = Expression::new(renamed);
    }
}

fn find<'s>(schema: &'s Schema, name: &QualifiedName) -> Option<&'s Table> {
    schema.table(&name.namespace, &name.name)
}

#[cfg(test)]
mod tests;
