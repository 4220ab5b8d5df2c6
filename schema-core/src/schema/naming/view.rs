//! Names of views and their indexes. A view's name is taken by a relation and by its row type.

use super::{Names, check_distinct, check_name};
use crate::{error::SchemaError, schema::View};

impl Names {
    /// Claims the names of one view, and gives its indexes theirs.
    pub(super) fn name_view(&mut self, view: &mut View) -> Result<(), SchemaError> {
        check_name(&view.name.namespace, "a namespace")?;
        let object = format!("view `{}`", view.name);
        self.claim_relation(&view.name, &object)?;
        self.claim_type(&view.name, &object)?;
        let mut columns = view.columns.iter().map(|column| column.name.as_str());
        check_distinct(&mut columns, &format!("a column of `{}`", view.name))?;
        for index in &mut view.indexes {
            self.name_index(&view.name, index)?;
        }
        Ok(())
    }
}
