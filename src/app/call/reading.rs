//! Reading check-ins: the finished one, and past talks.

use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::verb::Effects;
use crate::domain::ids::RecordId;
use crate::services::compose;
use crate::words;

/// Copies the note of the check-in.
pub fn copy(model: &mut Model, effects: &mut Effects) {
    let text = model.call.open.as_ref().map(|call| {
        let (lang, zone) = (model.lang, model.now.zone);
        compose::markdown(&call.checkin, &call.name, &call.actions, lang, zone)
    });
    effects.extend(text.map(Effect::Copy));
}

/// Shows a past talk of this account that has no finished note.
pub fn show_talk(model: &mut Model, id: &RecordId) {
    let call = model.call.open.as_ref();
    let Some(d) = call.and_then(|call| call.dossier.as_ref()) else {
        return;
    };
    let Some(checkin) = d.checkins.iter().find(|c| c.id == *id) else {
        return;
    };
    let (lang, zone, name) = (model.lang, model.now.zone, &d.account.name);
    let text = compose::markdown(checkin, name, &[], lang, zone);
    let day = zone.day(checkin.started().unwrap_or(checkin.created));
    let day = words::dates::day(lang, day, model.now.today());
    let title = format!("{name} · {day}");
    model.show(title, text.lines().map(str::to_owned).collect());
}
