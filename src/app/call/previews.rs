//! What a document holds is shown before it is made, where that is to be decided line by line.

use super::outputs::{choice, draft, make, name, paper, said, text_of};
use super::state::{Output, Reply};
use crate::app::model::Model;
use crate::app::overlay::{Item, Overlay};
use crate::app::verb::Effects;
use crate::domain::action::{Action, Side, Status};
use crate::ops::Refusal;
use crate::services::outgoing::{Why, outgoing};
use crate::words;

/// Makes a document; a mail to the customer is shown first.
pub fn choose(model: &mut Model, output: Output, effects: &mut Effects) -> Result<(), Refusal> {
    let shown = is_mail(output)
        || is_for_colleagues(output)
            && (model.call.open.as_ref())
                .is_some_and(|call| !paper(model, call).personal_lines().is_empty());
    if shown {
        preview(model, output)
    } else {
        make(model, output, effects)
    }
}

fn is_mail(output: Output) -> bool {
    matches!(output, Output::Mail | Output::Eml)
}

/// Papers that stand where colleagues read them: lines about personal matters are asked about.
fn is_for_colleagues(output: Output) -> bool {
    matches!(output, Output::Crm | Output::Minutes)
}

/// Shows what a document holds, and what stays out of it and why.
///
/// # Errors
/// If the message lacks something.
pub fn preview(model: &mut Model, output: Output) -> Result<(), Refusal> {
    if is_mail(output) {
        return preview_mail(model, output);
    }
    preview_paper(model, output);
    Ok(())
}

/// Shows a paper for colleagues. A line about a personal matter is put in by choosing it.
fn preview_paper(model: &mut Model, output: Output) {
    let lang = model.lang;
    let Some(call) = &model.call.open else { return };
    let (lines, text) = (
        paper(model, call).personal_lines(),
        text_of(model, call, output),
    );
    let make = Item::new(name(output, lang), "", Reply::Send(output));
    let line = |line: &&str| {
        let (sign, why) = match call.personal.contains(*line) {
            true => ("[x]", words::call::preview_personal_in(lang)),
            false => ("[ ]", words::call::preview_personal_out(lang)),
        };
        let reply = Reply::Tick(output, (*line).to_owned());
        Item::new(format!("{sign} {line}"), why, reply)
    };
    let items = std::iter::once(make)
        .chain(lines.iter().map(line))
        .collect();
    let out = lines
        .iter()
        .filter(|l| !call.personal.contains(**l))
        .count();
    let title = words::call::preview_paper_title(lang, out);
    show(model, title, items, &text);
}

/// Offers what a preview lets one choose, above the text.
fn show(model: &mut Model, title: String, items: Vec<Item>, text: &str) {
    model.offer(title, items);
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut() {
        pick.about = text.lines().map(str::to_owned).collect();
    }
}

/// Shows what of the call goes to the customer, and what stays inside and why. A line is allowed by choosing
/// it; a marked one stays.
fn preview_mail(model: &mut Model, output: Output) -> Result<(), Refusal> {
    let lang = model.lang;
    let draft = draft(model, "follow-up", None)?;
    let Some(call) = &model.call.open else {
        return Ok(());
    };
    let ours = model.ours(&call.checkin.account);
    let permitted = outgoing(&call.checkin, ours, said(call), lang);
    let count = permitted.ticked.len() + permitted.free.len();
    let mut items = vec![Item::new(
        name(output, lang),
        draft.subject,
        Reply::Send(output),
    )];
    let tick = |line: &str, sign: &str, why: &str| {
        let reply = Reply::Tick(output, line.to_owned());
        Item::new(format!("{sign} {line}"), why, reply)
    };
    let allowed = words::call::preview_allowed(lang);
    let going = permitted.ticked.iter().chain(&permitted.free);
    items.extend(going.map(|l| tick(l, "[x]", allowed)));
    for held in &permitted.held {
        items.push(match held.why {
            Why::Unticked(_) => tick(&held.line, "[ ]", words::call::preview_unticked(lang)),
            Why::Inner => tick(&held.line, "[ ]", words::call::preview_inner(lang)),
            Why::Personal => tick(&held.line, "[ ]", words::call::preview_personal(lang)),
            Why::Pending => tick(&held.line, "[ ]", words::call::preview_pending(lang)),
            Why::Marked(mark) => {
                let why = words::call::preview_inside(lang, mark.words(lang));
                Item::new(format!(" -  {}", held.line), why, Reply::Kept(output))
            }
        });
    }
    let dropped = |a: &&Action| a.status != Status::Dropped;
    let choice = choice(model, call);
    let shown = |a: &&Action| choice.is_colleagues(a) || choice.side(a) != Side::Internal;
    for action in call.actions.iter().filter(dropped).filter(shown) {
        let (sign, why) = match (choice.goes_out(action), choice.delicate(action)) {
            (true, _) => ("[x]", words::call::preview_allowed(lang)),
            (false, Some(Why::Personal)) => ("[ ]", words::call::preview_personal(lang)),
            (false, Some(_)) => ("[ ]", words::call::preview_inner(lang)),
            (false, None) => ("[ ]", words::call::preview_unticked(lang)),
        };
        items.push(tick(&action.what, sign, why));
    }
    if model.config.desk.company.is_none() {
        let (ask, why) = (
            words::call::preview_company(lang),
            words::call::preview_company_why(lang),
        );
        items.push(Item::new(ask, why, Reply::AskCompany(output)));
    }
    let title = words::call::preview_title(lang, count, permitted.held.len());
    show(model, title, items, &draft.body);
    Ok(())
}

/// Allows a line to leave, or keeps it inside again, and shows the preview anew.
pub fn tick(model: &mut Model, output: Output, line: String) -> Result<(), Refusal> {
    let free = model.call.open.as_ref().is_some_and(|call| {
        let mut actions = call.actions.iter().filter(|a| a.what == line);
        let ours = model.ours(&call.checkin.account);
        let free = outgoing(&call.checkin, ours, said(call), model.lang).free;
        let ticked = call.ticked.contains(&line);
        !ticked && (call.withheld.contains(&line) || free.contains(&line))
            || actions.any(|a| choice(model, call).is_free(a))
    });
    if let Some(call) = &mut model.call.open {
        let chosen = match free {
            _ if is_for_colleagues(output) => &mut call.personal,
            true => &mut call.withheld,
            false => &mut call.ticked,
        };
        if !chosen.remove(&line) {
            chosen.insert(line);
        }
    }
    preview(model, output)
}
