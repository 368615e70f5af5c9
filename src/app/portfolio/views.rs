//! Views: filters with an order, saved by the user or built in.

use super::state::Reply;
use crate::app::model::Model;
use crate::app::overlay::Item;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::view::View;
use crate::ops::{self, By, Refusal};
use crate::words::{self, Lang};

/// A translated name.
type Named = fn(Lang) -> &'static str;

/// Built-in views: filter and name.
const SHIPPED: [(&str, Named); 4] = [
    ("band:at-risk", words::portfolio::view_red),
    ("renewal<90", words::portfolio::view_renewal),
    ("touch>60", words::portfolio::view_silent),
    ("usage<-20", words::portfolio::view_falling),
];

pub fn offer(model: &mut Model) {
    let lang = model.lang;
    let saved = model.book.held.views.values().map(|v| {
        let reply = Reply::View(v.name.clone());
        Item::new(v.name.clone(), v.query.clone(), reply)
    });
    let shipped = SHIPPED.iter().map(|(query, name)| {
        let reply = Reply::Filter((*query).to_owned());
        Item::new(name(lang), *query, reply)
    });
    let items = saved.chain(shipped).collect();
    model.offer(words::portfolio::views(lang), items);
}

pub fn show(model: &mut Model, name: &str) {
    if let Some(view) = model.book.held.views.get(name) {
        model.portfolio.query.clone_from(&view.query);
        model.portfolio.order = view.order;
        model.portfolio.reversed = view.reversed;
    }
}

pub fn ask_name(model: &mut Model) {
    let title = words::portfolio::save_view(model.lang);
    let hint = words::portfolio::view_name_hint(model.lang);
    model.ask(Reply::ViewName, title, hint, "");
}

/// Saves the current filter and order.
pub fn save(model: &mut Model, name: &str, effects: &mut Effects) -> Result<(), Refusal> {
    let view = View {
        name: name.to_owned(),
        query: model.portfolio.query.clone(),
        order: model.portfolio.order,
        reversed: model.portfolio.reversed,
    };
    let views = &model.book.held.views;
    let mut by = By {
        author: &model.author,
        now: model.now,
        mint: &mut model.mint,
    };
    let operation = ops::views::save(view, |name| views.get(name).cloned(), &mut by)?;
    saving::commit(model, operation, effects);
    model.say(words::portfolio::view_saved(model.lang, name.trim()));
    Ok(())
}
