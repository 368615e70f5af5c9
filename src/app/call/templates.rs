//! Previewing the templates of agendas and messages.

use super::state::Reply;
use crate::app::model::Model;
use crate::app::overlay::Item;
use crate::domain::checkin::agenda::Words;
use crate::words;

pub fn offer(model: &mut Model) {
    let lang = model.lang;
    let item =
        |id: &String, name: &Words| Item::new(lang.pick(name), id.clone(), Reply::Look(id.clone()));
    let agendas = model.config.templates.iter().map(|t| item(&t.id, &t.name));
    let messages = model.config.messages.iter().map(|m| item(&m.id, &m.name));
    let items = agendas.chain(messages).collect();
    model.offer(words::call::templates_title(lang), items);
}

/// Previews a template: the sections, times and prompts of an agenda, or the text of a message.
pub fn look(model: &mut Model, id: &str) {
    let lang = model.lang;
    if let Some(message) = model.config.messages.iter().find(|m| m.id == id) {
        let mut lines = vec![lang.pick(&message.subject).to_owned(), String::new()];
        lines.extend(lang.pick(&message.body).lines().map(str::to_owned));
        let title = lang.pick(&message.name).to_owned();
        return model.show(title, lines);
    }
    let Some(template) = model.config.template(id) else {
        return;
    };
    let mut lines = Vec::new();
    for s in &template.sections {
        let (most, name) = (words::call::minutes(lang, s.max), lang.pick(&s.name));
        lines.push(format!("{}–{most} · {name}", s.min));
        let prompts = s.prompts.iter().map(|p| format!("    {}", lang.pick(p)));
        lines.extend(prompts);
    }
    let title = lang.pick(&template.name).to_owned();
    model.show(title, lines);
}
