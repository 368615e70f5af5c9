//! A check-in as a document: Markdown, HTML, JSON. None contains private lines (see
//! `checkin::report`).

use serde_json::json;

use crate::domain::action::Action;
use crate::domain::checkin::report::topics;
use crate::domain::checkin::{Checkin, Mark, clock, public};
use crate::domain::text::{clean, clean_line};
use crate::domain::when::Zone;
use crate::services::capture;
use crate::words::{self, Lang};

/// The complete note: its head, the notes of each section, and the follow-ups.
pub fn markdown(c: &Checkin, account: &str, actions: &[Action], lang: Lang, zone: Zone) -> String {
    let t = lang;
    let title = words::papers::note_title(t);
    let mut out = format!("# {title} · {}\n\n", clean_line(account));
    head(&mut out, c, lang, zone);
    out.push_str(&format!("\n## {}\n", words::papers::note_topics(t)));
    for topic in topics(c) {
        let section = c.sections.get(topic.section);
        let name = section.map_or("—", |s| lang.pick(&s.name));
        out.push_str(&format!("\n### {}\n", clean_line(name)));
        for (line, mark) in topic.lines {
            let mark = mark
                .map(|m| format!(" [{}]", m.words(t)))
                .unwrap_or_default();
            out.push_str(&format!("- {}{mark}\n", plain(line)));
        }
    }
    list(
        &mut out,
        words::papers::note_insights(t),
        [
            Mark::Risk,
            Mark::Opportunity,
            Mark::Feedback,
            Mark::Decision,
            Mark::Question,
        ]
        .iter()
        .flat_map(|m| {
            c.items(*m)
                .into_iter()
                .map(|l| format!("{} [{}]", plain(l), m.words(t)))
        })
        .collect(),
    );
    list(
        &mut out,
        words::papers::note_quotes(t),
        c.items(Mark::Quote)
            .into_iter()
            .map(|q| quoted(q, lang))
            .collect(),
    );
    let actions = actions.iter().map(|a| action_line(a, t)).collect();
    list(&mut out, words::papers::note_actions(t), actions);
    list(
        &mut out,
        words::papers::note_next(t),
        c.wrapup.next.iter().map(ToString::to_string).collect(),
    );
    out
}

/// Date, length, participants and mood.
fn head(out: &mut String, c: &Checkin, lang: Lang, zone: Zone) {
    let t = lang;
    let w = &c.wrapup;
    let started = c.started().unwrap_or(c.created);
    let reading = clock::read(c, c.ended().unwrap_or(started));
    let minutes = words::papers::note_minutes(
        t,
        (reading.total.num_seconds() + 30).div_euclid(60),
        (reading.planned().num_seconds() + 30).div_euclid(60),
    );
    out.push_str(&format!(
        "- {}: {} ({minutes})\n",
        words::papers::note_date(t),
        zone.local(started).format("%Y-%m-%d %H:%M")
    ));
    out.push_str(&format!(
        "- {}: {}\n",
        words::papers::note_kind(t),
        c.title.as_ref().map_or(c.kind.words(t), |w| lang.pick(w))
    ));
    if let Some(took) = c.prepared {
        out.push_str(&format!(
            "- {}: {}:{:02}\n",
            words::papers::note_prep(t),
            took / 60,
            took % 60
        ));
    }
    let attendees = if w.attendees.is_empty() {
        words::common::unknown(t).to_owned()
    } else {
        clean_line(&w.attendees.join(words::common::list_comma(t)))
    };
    out.push_str(&format!(
        "- {}: {attendees}\n",
        words::papers::note_attendees(t)
    ));
    if let Some(s) = w.sentiment {
        // Each mood once per change along the call, the one of the wrap-up last.
        let mut moods: Vec<&str> = c.moods().map(|(_, m)| m.words(t)).collect();
        moods.push(s.words(t));
        moods.dedup();
        out.push_str(&format!(
            "- {}: {}\n",
            words::papers::note_sentiment(t),
            moods.join(" → ")
        ));
    }
    if let Some(j) = w.judgement {
        out.push_str(&format!(
            "- {}: {}\n",
            words::papers::note_judgement(t),
            j.words(t)
        ));
    }
    if w.expansion {
        out.push_str(&format!(
            "- {}: {}\n",
            words::papers::note_expansion(t),
            words::common::yes(t)
        ));
    }
    if !w.escalate.is_empty() {
        let teams: Vec<&str> = w.escalate.iter().map(|x| x.words(t)).collect();
        out.push_str(&format!(
            "- {}: {}\n",
            words::papers::note_escalate(t),
            teams.join(words::common::list_comma(t))
        ));
    }
}

fn action_line(a: &Action, t: Lang) -> String {
    let who = if a.owner.is_empty() {
        a.side.words(t)
    } else {
        &a.owner
    };
    format!(
        "[{}] {} — {who} — {}",
        if a.is_open() { " " } else { "x" },
        public(&a.what),
        a.due
            .map_or_else(|| words::actions::no_due(t).to_owned(), |d| d.to_string())
    )
}

/// A line for other readers: without the actions inside it, which are listed by themselves, and without the
/// signs of owners, dates and tags. What the numbers of tickets (`#4530`) say stays.
pub fn plain(line: &str) -> String {
    let line = &clean_line(line);
    let (sentence, is_action) = match capture::before_actions(line) {
        Some(before) if !before.is_empty() => (before, false),
        Some(_) => (line.to_owned(), true),
        None => (line.to_owned(), false),
    };
    let mut words = sentence.split_whitespace().peekable();
    // What is kept, and whether it was a sign: Japanese text has no blanks around it then.
    let mut kept: Vec<(&str, bool)> = Vec::new();
    while let Some(word) = words.next() {
        let sign = |signs: [char; 2]| word.strip_prefix(signs).filter(|rest| !rest.is_empty());
        // Before other words a name or a tag is a part of the sentence; at its end it is the owner or the subject.
        let is_sign = |w: &&str| w.starts_with(['@', '＠', '^', '＾', '#', '＃']);
        let last = words.peek().is_none_or(is_sign);
        if let Some(date) = sign(['^', '＾']) {
            // `^next fri`: a date may have several words.
            let more = super::dates::words_of(std::iter::once(date).chain(words.clone()));
            words.by_ref().take(more.saturating_sub(1)).for_each(drop);
        } else if let Some(name) = sign(['@', '＠']) {
            kept.extend((!is_action && !last).then_some((name, true)));
        } else if let Some(tag) = sign(['#', '＃']) {
            if tag.starts_with(|c: char| c.is_ascii_digit()) {
                kept.push((word, false));
            } else {
                kept.extend((!is_action && !last).then_some((tag, true)));
            }
        } else {
            kept.push((word.trim_start_matches(['!', '！']), false));
        }
    }
    kept.retain(|(w, _)| !w.is_empty());
    let mut out = String::new();
    let mut was_sign = false;
    for (word, sign) in kept {
        let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        let joined = (sign || was_sign) && wide(out.chars().last()) && wide(word.chars().next());
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        out.push_str(word);
        was_sign = sign;
    }
    if out.is_empty() { line.to_owned() } else { out }
}

/// The customer's words in the quotation marks of the language; text that has quotation marks
/// already stays as it is.
pub fn quoted(words: &str, lang: Lang) -> String {
    const MARKS: [(char, char); 4] = [('「', '」'), ('『', '』'), ('“', '”'), ('"', '"')];
    let words = clean_line(words);
    let words = words.as_str();
    let whole = |(open, close): &(char, char)| {
        let inner = words.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    };
    let inner = match MARKS.iter().find_map(whole) {
        Some(inner) => inner,
        None if words.contains(['「', '『', '“', '"']) => return words.to_owned(),
        None => words,
    };
    if lang == Lang::Ja {
        format!("「{inner}」")
    } else {
        format!("“{inner}”")
    }
}

fn list(out: &mut String, title: &str, items: Vec<String>) {
    if !items.is_empty() {
        out.push_str(&format!("\n## {title}\n"));
        for item in items {
            out.push_str(&format!("- {}\n", clean_line(&item)));
        }
    }
}

/// A note's Markdown as a self-contained page. Only the forms of Kenshin's own notes become markup;
/// everything else is text.
pub fn html(title: &str, markdown: &str, lang: Lang) -> String {
    let code = match lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    };
    let mut body = String::new();
    let mut open = false;
    for line in clean(markdown).lines() {
        let (tag, text) = match line {
            l if l.starts_with("### ") => ("h3", &l[4..]),
            l if l.starts_with("## ") => ("h2", &l[3..]),
            l if l.starts_with("# ") => ("h1", &l[2..]),
            l if l.starts_with("- ") => ("li", &l[2..]),
            l => ("p", l),
        };
        if open != (tag == "li") {
            body.push_str(if open { "</ul>\n" } else { "<ul>\n" });
            open = tag == "li";
        }
        if !text.trim().is_empty() {
            body.push_str(&format!("<{tag}>{}</{tag}>\n", escape(text)));
        }
    }
    if open {
        body.push_str("</ul>\n");
    }
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}h1{{font-size:1.5rem}}h2{{font-size:1.15rem;border-bottom:1px solid #ccc}}h3{{font-size:1rem}}</style>\n{body}</html>\n",
        escape(&clean_line(title))
    )
}

/// Escapes text for HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The check-in as data, without its private lines.
pub fn json(c: &Checkin, account: &str, actions: &[Action], lang: Lang) -> serde_json::Value {
    let topics: Vec<_> = topics(c)
        .into_iter()
        .map(|topic| {
            let lines: Vec<_> = topic
                .lines
                .iter()
                .map(|(text, mark)| json!({ "text": text.trim(), "mark": mark }))
                .collect();
            let section = c.sections.get(topic.section).map(|s| lang.pick(&s.name));
            json!({ "section": section, "lines": lines })
        })
        .collect();
    let mut wrapup = c.wrapup.clone();
    for item in wrapup.items.iter_mut().flatten() {
        item.text = public(&item.text).to_owned();
    }
    json!({
        "id": c.id, "account": c.account, "account_name": account, "kind": c.kind, "template": c.template, "author": c.author,
        "started": c.started(), "ended": c.ended(), "topics": topics, "wrapup": wrapup, "actions": actions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkin::agenda::{Section, Words};
    use crate::domain::checkin::{Event, EventKind, Kind, Line};
    use chrono::{Duration, TimeZone, Utc};

    #[test]
    fn a_line_for_others_keeps_names_and_numbers_and_loses_inner_actions() {
        for (line, want) in [
            (
                "! answer ticket #4530 about labels @me ^fri",
                "answer ticket #4530 about labels",
            ),
            (
                "Ticket #4512 solved yesterday #bug",
                "Ticket #4512 solved yesterday",
            ),
            (
                "@aaron owns the user list from now on",
                "aaron owns the user list from now on",
            ),
            ("設定を直す @manager ^金", "設定を直す"),
            ("設定を直す @manager", "設定を直す"),
            (
                "Rollout in February ! rollout plan @me ^2026-12-11",
                "Rollout in February",
            ),
            (
                "説明会は15日に開く ! 会場を押さえる @林さん",
                "説明会は15日に開く",
            ),
            (
                "why two logins → separate until v8 ! check v8 @me",
                "why two logins → separate until v8",
            ),
            ("Great!", "Great!"),
            ("#稟議 の件で @東さん から相談", "稟議の件で東さんから相談"),
            (
                "asked about #sso and @maria then",
                "asked about sso and maria then",
            ),
        ] {
            assert_eq!(plain(line), want, "{line}");
        }
    }

    #[test]
    fn no_format_contains_private_lines() {
        let at = Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap();
        let line = |text: &str, mark| Line {
            at: Some(at),
            text: text.into(),
            mark,
        };
        let c = Checkin {
            id: "c".into(),
            account: "a".into(),
            kind: Kind::Risk,
            template: "risk".into(),
            title: None,
            author: "me".into(),
            created: at,
            sections: vec![Section {
                customer: None,
                name: Words::both("s"),
                min: 1,
                target: 120,
                max: 3,
                prompts: Default::default(),
                ticket: None,
            }],
            events: vec![
                Event {
                    at,
                    what: EventKind::Started,
                },
                Event {
                    at: at + Duration::minutes(5),
                    what: EventKind::Ended,
                },
            ],
            notes: vec![vec![
                line("open <b>talk</b>", None),
                line("secret-thing", Some(Mark::Private)),
            ]],
            prepared: None,
            noted: None,
            wrapup: Default::default(),
        };
        let md = markdown(&c, "A", &[], Lang::En, Zone::utc());
        let page = html("A", &md, Lang::En);
        let data = json(&c, "A", &[], Lang::En).to_string();
        for text in [&md, &page, &data] {
            assert!(text.contains("talk") && !text.contains("secret-thing"));
        }
        assert!(page.contains("open &lt;b&gt;talk"));
        assert!(md.contains("5 of 2 min"));
    }
}
