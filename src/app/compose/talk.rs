//! The talk in the composer: kind, attendees, time.

use super::state::Reply;
use crate::app::kit::form::Form;
use crate::app::kit::handle::{Choice, Line};
use crate::app::kit::reading::Reads;
use crate::app::model::Model;
use crate::app::msg::Layer;
use crate::app::overlay::Overlay;
use crate::domain::facts::touch::TouchKind;
use crate::domain::text::clean_line;
use crate::ops::Refusal;
use crate::services::capture::Talk;
use crate::services::dates;
use crate::words;

const KIND: Choice<TouchKind> = Choice::new("kind");
const WITH: Line = Line("with");
const AT: Line = Line("at");

/// Touch kinds that are talks.
const KINDS: [TouchKind; 4] = [
    TouchKind::Call,
    TouchKind::Meeting,
    TouchKind::Email,
    TouchKind::Chat,
];

pub fn open(model: &mut Model, talk: Option<Talk>) {
    let (lang, zone) = (model.lang, model.now.zone);
    let talk = talk.unwrap_or(Talk::new(TouchKind::Call));
    let at = talk.at.map(|at| zone.local(at).format("%Y-%m-%d %H:%M"));
    let at = at.map(|at| at.to_string()).unwrap_or_default();
    let fields = vec![
        KIND.some(words::compose::field_talk(lang), &KINDS, talk.kind, lang),
        WITH.field(words::call::field_attendees(lang), &talk.with, ""),
        AT.field(
            words::compose::field_talk_at(lang),
            &at,
            words::compose::talk_at_hint(lang),
        )
        .read_as(Reads::PastMoment),
    ];
    // The form has no draft of its own: its answers become part of the note's draft.
    model.open_form(Reply::Talk, words::compose::talk_title(lang), fields, None);
}

pub fn save(model: &mut Model, form: &Form) -> Result<(), Refusal> {
    let at = match AT.of(form).as_str() {
        "" => None,
        text => Some(
            dates::read_moment(text, model.now)
                .filter(|at| *at <= model.now.at)
                .ok_or_else(|| Refusal::new(AT.0, words::compose::not_a_past_time))?,
        ),
    };
    if let Some(Overlay::Layer(Layer::Compose(compose))) = model.overlays.last_mut() {
        // Forces a new draft, although the text has not changed.
        compose.saved = u64::MAX;
        compose.talk = Some(Talk {
            kind: KIND.of(form).unwrap_or(TouchKind::Call),
            with: clean_line(&WITH.of(form)),
            at,
        });
    }
    Ok(())
}
