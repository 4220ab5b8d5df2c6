//! Names of views and their indexes. A view's name is taken by a relation and by its row type.

use std::collections::BTreeSet;

use super::{Names, check_name, clash};
use crate::{error::SchemaError, schema::View};

impl Names {
    /// Claims the names of one view, and gives its indexes theirs.
    pub(super) fn name_view(&mut self, view: &mut View) -> Result<(), SchemaError> {
        check_name(&view.name.namespace, "a namespace")?;
        let object = format!("view `{}`", view.name);
        self.claim_relation(&view.name, &object)?;
        self.claim_type(&view.name, &object)?;
        let mut columns = BTreeSet::new();
        for column in &view.columns {
            let object = format!("a column of `{}`", view.name);
            check_name(&column.name, &object)?;
            if !columns.insert(&column.name) {
                return Err(clash(&column.name, object.clone(), &object));
            }
        }
        for index in &mut view.indexes {
            self.name_index(&view.name, index)?;
        }
        Ok(())
    }
}
