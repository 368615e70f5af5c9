//! The log of events in a customer's business.

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::domain::ids::AccountId;
use crate::domain::note::Topic;
use crate::ops::{self, Refusal, Subject};
use crate::words;

const TEXT: Line = Line("text");
const TOPIC: Choice<Topic> = Choice::new("topic");
const SOURCE: Line = Line("source");
const DATE: Line = Line("date");

pub fn open(model: &mut Model) {
    let Some(account) = model.subject() else {
        return;
    };
    let lang = model.lang;
    let today = model.now.today().to_string();
    let fields = vec![
        TEXT.field(words::account::field_happened(lang), "", ""),
        TOPIC.field(words::account::field_topic(lang), Topic::ALL[0], lang),
        SOURCE.field(
            words::account::field_source(lang),
            "",
            words::account::source_hint(lang),
        ),
        DATE.field(
            words::account::field_happened_on(lang),
            &today,
            words::common::date_hint(lang),
        )
        .read_as(Reads::PastDay),
    ];
    let title = words::account::context_of(lang, model.book.name(&account));
    let draft = format!("context/{account}/{}", model.author.name);
    model.open_form(Reply::Context(account), title, fields, draft);
}

pub fn save(
    model: &mut Model,
    form: &Form,
    account: &AccountId,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let name = model.book.name(account).to_owned();
    let of = Subject {
        id: account,
        name: &name,
        account: None,
    };
    let happened = ops::notes::Happened {
        text: &TEXT.of(form),
        topic: TOPIC.of(form).unwrap_or(Topic::Remark),
        source: &SOURCE.of(form),
        on: &DATE.of(form),
    };
    let operation = ops::notes::context(of, happened, &mut model.by())?;
    saving::commit(model, operation, effects);
    Ok(())
}
