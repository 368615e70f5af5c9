//! Views of the portfolio.

use super::{By, Refusal};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::text::visible;
use crate::domain::view::View;
use crate::words;

/// Saves a view under its name. A view of the same name is replaced.
///
/// # Errors
/// If the name is empty.
pub fn save(
    mut view: View,
    held: impl FnOnce(&str) -> Option<View>,
    by: &mut By,
) -> Result<Operation, Refusal> {
    view.name = visible(&view.name);
    Refusal::of_long_line("name", &view.name)?;
    if view.name.is_empty() {
        return Err(Refusal::new("name", words::common::name_empty));
    }
    let label = Label::View {
        name: view.name.clone(),
    };
    let before = held(&view.name);
    Ok(by.operation(label, vec![Change::put(before, view)]))
}
