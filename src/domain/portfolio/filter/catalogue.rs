//! The catalogue: every word that can be asked of an account, with what it reads and what that costs. What a word means
//! is told in `words::filter`.

use super::dossier_words::{self as records, On};
use super::row_words as row;
use super::value::Value;
use crate::domain::account::{GoalStatus, Stage, Tier};
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::closed::Closed;
use crate::domain::colleague;
use crate::domain::contact::Role;
use crate::domain::facts::outcome::Cause;
use crate::domain::facts::step::StepKind;
use crate::domain::facts::ticket::Priority;
use crate::domain::health::{Band, Dimension};
use crate::domain::portfolio::row::Row;
use crate::domain::risk::Chance;
use crate::domain::signals::gaps::Family;
use crate::domain::signals::{Kind as SignalKind, Severity};
use chrono::NaiveDate;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Days,
    Points,
    Percent,
    /// Units of the account's own currency.
    Money,
    Count,
}

/// The values that can be chosen from.
#[derive(Clone, Copy)]
pub struct Choice {
    pub keys: fn() -> Vec<&'static str>,
    /// The key that a typed value names, at half width.
    pub(super) parse: fn(&str) -> Option<&'static str>,
}

/// What the value of a word is, and how it is asked for.
#[derive(Clone, Copy)]
pub enum Kind {
    Choice(Choice),
    Number(Unit),
    /// A part of it is enough.
    Text,
    /// The whole of it.
    Tag,
    YesNo,
}

/// What has to be read to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// The row of the portfolio: at once.
    Row,
    /// All records of the account.
    Records,
}

type OfRow = for<'a> fn(&'a Row, &str, NaiveDate) -> Value<'a>;
type OfRecords = for<'a> fn(On<'a>, &str) -> Value<'a>;

#[derive(Clone, Copy)]
pub(super) enum Read {
    Row(OfRow),
    Dossier(OfRecords),
    /// A column without a field, by its header.
    Attribute,
}

/// The part of a word that the user chooses: `logins` in `usage.logins.of-normal`.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What follows it.
    pub(super) suffix: &'static str,
    /// What may stand there, where that is a list.
    values: Option<fn() -> Vec<&'static str>>,
}

/// A word of the catalogue.
#[derive(Clone, Copy)]
pub struct Word {
    /// Its own name, or what stands before the part that is chosen.
    pub(super) name: &'static str,
    /// Other names, the Japanese one first.
    pub(super) others: &'static [&'static str],
    pub(super) part: Option<Part>,
    pub kind: Kind,
    pub(super) read: Read,
    /// Whether it can be asked as of a past day. What is stated of an account without a date cannot.
    pub as_of: bool,
}

impl Word {
    /// As it is listed: `usage.X.of-normal`.
    pub fn full_name(&self) -> String {
        match self.part {
            Some(part) => format!("{}.X{}", self.name, part.suffix),
            None => self.name.to_owned(),
        }
    }

    /// The Japanese name.
    pub fn japanese(&self) -> Option<&'static str> {
        let is_ascii = |name: &&&str| !name.is_ascii();
        self.others.iter().find(is_ascii).copied()
    }

    pub fn cost(&self) -> Cost {
        match self.read {
            Read::Row(_) | Read::Attribute => Cost::Row,
            Read::Dossier(_) => Cost::Records,
        }
    }

    /// Values of the part that is chosen, where that is a list.
    pub fn parts(&self) -> Vec<&'static str> {
        let values = self.part.and_then(|part| part.values);
        values.map_or_else(Vec::new, |values| values())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.others.iter().copied())
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.full_name() == other.full_name()
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.full_name())
    }
}

fn keys<C: Closed>() -> Vec<&'static str> {
    C::ALL.iter().map(|c| c.key()).collect()
}

/// A choice from a closed list, by its keys and by Japanese words.
macro_rules! choice {
    ($list:ty, $words:expr) => {
        Kind::Choice(Choice {
            keys: keys::<$list>,
            parse: |text| {
                let key = <$list as Closed>::parse(text).map(Closed::key);
                key.or_else(|| by_word(&text.to_lowercase(), $words))
            },
        })
    };
}

/// The value of another word for it; its beginning is enough.
pub(super) fn by_word(word: &str, words: &[(&str, &'static str)]) -> Option<&'static str> {
    let mut found = words.iter().filter(|(w, _)| w.starts_with(word));
    found.next().map(|(_, key)| *key)
}

/// The bands as the screens name them; `red`, `yellow` and `green` are read as well.
pub(super) const BANDS: &[(&str, &str)] = &[
    ("at-risk", "red"),
    ("caution", "yellow"),
    ("healthy", "green"),
    ("危険", "red"),
    ("注意", "yellow"),
    ("健全", "green"),
    ("不明", "unknown"),
];
const TIERS: &[(&str, &str)] = &[
    ("エンタープライズ", "enterprise"),
    ("ミッドマーケット", "mid-market"),
    ("テックタッチ", "tech-touch"),
];
const STAGES: &[(&str, &str)] = &[
    ("オンボーディング", "onboarding"),
    ("アダプション", "adoption"),
    ("成長", "growth"),
    ("更新", "renewal"),
    ("アドボカシー", "advocacy"),
];
const STEPS: &[(&str, &str)] = &[
    ("提案", "proposal"),
    ("内諾", "verbal-yes"),
    ("口頭合意", "verbal-yes"),
    ("締結", "signed"),
    ("解約予告", "notice"),
];
const SEVERITIES: &[(&str, &str)] = &[("高", "high"), ("中", "medium"), ("低", "low")];
const LEVELS: &[(&str, &str)] = &[("高", "good"), ("中", "medium"), ("低", "poor")];
const CAUSES: &[(&str, &str)] = &[
    ("製品", "fit"),
    ("サービス", "service"),
    ("価値", "value"),
    ("価格", "price"),
    ("状況", "situation"),
];
const FAMILIES: &[(&str, &str)] = &[
    ("利用", "usage"),
    ("サポート", "support"),
    ("アンケート", "feedback"),
    ("会話", "talks"),
];
const JUDGEMENTS: &[(&str, &str)] = &[
    ("良好", "good"),
    ("要観察", "watch"),
    ("注意", "watch"),
    ("リスク", "at-risk"),
    ("危険", "at-risk"),
];
const ROLES: &[(&str, &str)] = &[
    ("チャンピオン", "champion"),
    ("スポンサー", "sponsor"),
    ("エグゼクティブスポンサー", "sponsor"),
    ("決裁者", "decision-maker"),
    ("管理者", "admin"),
    ("利用者", "end-user"),
    ("経理", "billing"),
];

const fn word(
    name: &'static str,
    others: &'static [&'static str],
    kind: Kind,
    read: Read,
    as_of: bool,
) -> Word {
    Word {
        name,
        others,
        part: None,
        kind,
        read,
        as_of,
    }
}

const fn with_part(
    name: &'static str,
    others: &'static [&'static str],
    suffix: &'static str,
    values: Option<fn() -> Vec<&'static str>>,
    (kind, read, as_of): (Kind, Read, bool),
) -> Word {
    Word {
        part: Some(Part { suffix, values }),
        ..word(name, others, kind, read, as_of)
    }
}

const DAYS: Kind = Kind::Number(Unit::Days);
const POINTS: Kind = Kind::Number(Unit::Points);
const PERCENT: Kind = Kind::Number(Unit::Percent);
const COUNT: Kind = Kind::Number(Unit::Count);

fn priorities() -> Vec<&'static str> {
    let mut out = vec!["p1", "p2", "p3", "p4"];
    out.extend(keys::<Priority>());
    out
}

/// All words, in the order in which they are listed.
#[rustfmt::skip]
pub static WORDS: &[Word] = &[
    word("band", &["健康", "区分", "health"], choice!(Band, BANDS), Read::Row(row::band), true),
    word("score", &["スコア", "health"], POINTS, Read::Row(row::score), true),
    with_part("score", &["スコア"], "", Some(keys::<Dimension>), (POINTS, Read::Row(row::part), true)),
    word("coverage", &["データ量"], PERCENT, Read::Row(row::coverage), true),
    word("trend", &["傾向"], POINTS, Read::Row(row::trend), true),
    word("trend-90", &["傾向90"], POINTS, Read::Row(row::trend_90), true),
    word("signal", &["シグナル"], Kind::Text, Read::Row(row::signal), true),
    word("signals", &["シグナル数"], COUNT, Read::Row(row::signals), true),
    word("severity", &["重大度"], choice!(Severity, SEVERITIES), Read::Row(row::severity), true),
    word("gap", &["欠落"], choice!(Family, FAMILIES), Read::Row(row::gap), true),
    word("conflicts", &["矛盾"], COUNT, Read::Row(row::conflicts), true),
    word("judgement", &["判断"], choice!(Judgement, JUDGEMENTS), Read::Row(row::judgement), true),
    word("at-risk", &["リスク"], Kind::YesNo, Read::Row(row::at_risk), true),
    word("risk", &["リスク点"], POINTS, Read::Row(row::risk), true),
    word("chance", &["維持の見込み"], choice!(Chance, LEVELS), Read::Row(row::chance), true),
    word("cause", &["原因"], choice!(Cause, CAUSES), Read::Row(row::cause), true),
    word("tier", &["ティア"], choice!(Tier, TIERS), Read::Row(row::tier), true),
    word("stage", &["ステージ"], choice!(Stage, STAGES), Read::Row(row::stage), true),
    word("owner", &["担当"], Kind::Text, Read::Row(row::owner), false),
    with_part("ours", &["社内"], "", Some(keys::<colleague::Role>), (Kind::Text, Read::Row(row::ours), false)),
    word("name", &["名前"], Kind::Text, Read::Row(row::name), false),
    word("tag", &["タグ"], Kind::Tag, Read::Row(row::tag), false),
    word("industry", &["業種"], Kind::Text, Read::Row(row::industry), false),
    word("country", &["国"], Kind::Text, Read::Row(row::country), false),
    word("domain", &["ドメイン"], Kind::Text, Read::Row(row::domain), false),
    with_part("attr", &["属性"], "", None, (Kind::Text, Read::Attribute, false)),
    word("renewal", &["更新"], DAYS, Read::Row(row::renewal), true),
    word("notice", &["解約予告"], DAYS, Read::Row(row::notice), true),
    word("step", &["更新段階"], choice!(StepKind, STEPS), Read::Row(row::step), true),
    word("ended", &["結果未記録"], COUNT, Read::Row(row::ended), true),
    word("unconfirmed", &["更新未確認"], COUNT, Read::Row(row::unconfirmed), true),
    word("leaving", &["解約予定"], Kind::YesNo, Read::Row(row::leaving), true),
    word("churned", &["解約"], Kind::YesNo, Read::Row(row::churned), true),
    word("archived", &["アーカイブ"], Kind::YesNo, Read::Row(row::archived), false),
    word("arr", &["年額"], Kind::Number(Unit::Money), Read::Row(row::arr), true),
    word("currency", &["通貨"], Kind::Tag, Read::Row(row::currency), true),
    word("product", &["製品"], Kind::Text, Read::Dossier(records::product), true),
    word("contracts", &["契約数"], COUNT, Read::Dossier(records::contracts), true),
    word("age", &["契約日数"], DAYS, Read::Row(row::age), true),
    word("seats", &["席数"], COUNT, Read::Row(row::seats), true),
    word("seats.used", &["席数.利用率"], PERCENT, Read::Dossier(records::seats_used), true),
    word("usage", &["利用"], PERCENT, Read::Row(row::usage), true),
    with_part("usage", &["利用"], "", None, (COUNT, Read::Dossier(records::usage), true)),
    with_part("usage", &["利用"], ".of-normal", None, (PERCENT, Read::Dossier(records::of_normal), true)),
    word("feature", &["機能"], Kind::Text, Read::Row(row::feature), true),
    word("touch", &["接触"], DAYS, Read::Row(row::touch), true),
    word("kept", &["実施率"], PERCENT, Read::Row(row::kept), true),
    word("met", &["面談"], choice!(Role, ROLES), Read::Dossier(records::met), true),
    word("contact", &["連絡先"], choice!(Role, ROLES), Read::Dossier(records::contact), true),
    word("contacts", &["連絡先数"], COUNT, Read::Dossier(records::contacts), true),
    word("actions", &["アクション"], COUNT, Read::Row(row::actions), true),
    word("overdue", &["期限切れ"], COUNT, Read::Row(row::overdue), true),
    word("promises", &["約束"], COUNT, Read::Row(row::promises), true),
    word("late", &["遅れた約束"], COUNT, Read::Dossier(records::late), true),
    word("tickets", &["チケット"], COUNT, Read::Row(row::tickets), true),
    with_part("open", &["未解決"], "", Some(priorities), (COUNT, Read::Dossier(records::open), true)),
    word("escalated", &["エスカレーション"], Kind::YesNo, Read::Row(row::escalated), false),
    word("nps", &[], POINTS, Read::Dossier(records::nps), true),
    word("csat", &["満足度"], POINTS, Read::Dossier(records::csat), true),
    word("goal", &["目標"], Kind::Text, Read::Dossier(records::goal), false),
    with_part("goals", &["目標数"], "", Some(keys::<GoalStatus>), (COUNT, Read::Dossier(records::goals), false)),
    word("note", &["メモ"], Kind::Text, Read::Dossier(records::note), true),
];

/// The kinds of signals.
pub(super) fn signal_kinds() -> Vec<&'static str> {
    keys::<SignalKind>()
}

/// The words that a name means, the one that fits best first, each with the part that was chosen.
pub(super) fn named(head: &str) -> Vec<(&'static Word, String)> {
    let is = |name: &str, head: &str| name.eq_ignore_ascii_case(head);
    let mut out: Vec<(&'static Word, String)> = Vec::new();
    for word in WORDS.iter().filter(|w| w.part.is_none()) {
        if word.names().any(|name| is(name, head)) {
            out.push((word, String::new()));
        }
    }
    let Some((before, part)) = head.split_once('.') else {
        return out;
    };
    let mut parted: Vec<(&'static Word, &Part)> = WORDS
        .iter()
        .filter_map(|w| Some((w, w.part.as_ref()?)))
        .filter(|(w, _)| w.names().any(|name| is(name, before)))
        .collect();
    // The longest ending first: `usage.logins.of-normal` is no metric of that name.
    parted.sort_by_key(|(_, of)| std::cmp::Reverse(of.suffix.len()));
    for (word, of) in parted {
        let Some(chosen) = part
            .strip_suffix(of.suffix)
            .filter(|chosen| !chosen.is_empty())
        else {
            continue;
        };
        let listed = of.values.map(|values| values());
        let chosen = chosen.to_lowercase();
        if listed.is_none_or(|values| values.contains(&chosen.as_str())) {
            out.push((word, chosen));
        }
    }
    out
}

/// Whether a name begins as one of the words with a part to choose.
pub(super) fn begins(head: &str) -> bool {
    let Some((before, _)) = head.split_once('.') else {
        return false;
    };
    let mut names = WORDS
        .iter()
        .filter(|w| w.part.is_some())
        .flat_map(Word::names);
    names.any(|name| name.eq_ignore_ascii_case(before))
}

/// The word that a mistyped name may mean.
pub(super) fn nearest(head: &str) -> Option<&'static str> {
    /// How like two names are, from 0 to 1.
    const LIKE: f64 = 0.7;
    let head = head.split('.').next().unwrap_or(head).to_lowercase();
    let like = |name: &str| strsim::jaro_winkler(&head, name);
    let names = WORDS.iter().flat_map(Word::names);
    let best = names.max_by(|a, b| like(a).total_cmp(&like(b)))?;
    (like(best) >= LIKE).then_some(best)
}
