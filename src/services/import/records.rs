//! Rows as records, kind by kind: the existing record with the row's cells laid over it, so that
//! what a file does not say stays as it was.

use chrono::Duration;

use super::cells::{Bad, Cells};
use super::{Reason, periods};
use crate::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
use crate::domain::contact::{Contact, Role, Status as ContactStatus};
use crate::domain::facts::feedback::{Outcome, OutcomeKind, Survey, SurveyKind};
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::facts::{Oddities, Oddity};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Money;
use crate::domain::when::Now;

/// Sets a field only when the cell says something.
macro_rules! lay {
    ($($target:expr => $value:expr),+ $(,)?) => {
        $(if let Some(value) = $value { $target = value.into(); })+
    };
}

fn yearly(cells: &Cells, arr: &'static str, mrr: &'static str) -> Result<Option<Money>, Bad> {
    Ok(match cells.money(arr)? {
        Some(arr) => Some(arr),
        None => match cells.money(mrr)? {
            Some(m) => Some(Money {
                minor: m
                    .minor
                    .checked_mul(12)
                    .ok_or_else(|| cells.bad(mrr, Reason::NotANumber))?,
                ..m
            }),
            None => None,
        },
    })
}

pub fn account(cells: &Cells, id: AccountId, existing: Option<&Account>) -> Result<Account, Bad> {
    // A column of names with a blank in it is a slip; a table without such a column names by id.
    if existing.is_none() && cells.has("name") && cells.text("name").is_none() {
        return Err(cells.bad("name", Reason::Missing { field: "name" }));
    }
    let mut a = existing
        .cloned()
        .unwrap_or_else(|| Account::new(id.clone(), id.as_str()));
    lay! {
        a.name => cells.text("name"),
        a.reading => cells.text("reading"),
        a.domain => cells.list("domain").and_then(|d| d.into_iter().next()),
        a.industry => cells.text("industry"),
        a.country => cells.text("country"),
        a.owner => cells.text("owner"),
        a.plan => cells.text("plan"),
        a.contract_start => cells.day("contract_start")?,
        a.renewal => cells.day("renewal")?,
        a.term_months => cells.whole("term_months")?,
        a.seats => cells.whole("seats")?,
        a.recorded => cells.day("recorded")?,
        a.expansion => cells.money("expansion")?,
        a.tags => cells.list("tags"),
        a.tier => cells.word("tier", &[
            (Tier::Enterprise, &["strategic", "ent", "エンタープライズ", "大企業", "a"]), (Tier::MidMarket, &["mid market", "mid", "mm", "midmarket", "core", "ミッドマーケット", "中堅", "b"]),
            (Tier::Smb, &["scale", "small", "中小", "c"]), (Tier::TechTouch, &["tech touch", "plg", "テックタッチ", "d"]),
        ], Tier::ALL, Tier::key)?,
        a.stage => cells.word("stage", &[
            (Stage::Onboarding, &["オンボーディング", "導入"]), (Stage::Adoption, &["アダプション", "定着"]), (Stage::Growth, &["retention", "growth/retention", "成長・維持", "成長"]),
            (Stage::Renewal, &["更新"]), (Stage::Advocacy, &["アドボカシー"]),
        ], Stage::ALL, Stage::key)?,
    }
    // An amount whose currency nobody knows is no money; as a number it may still tell accounts apart.
    let mut bare = false;
    for field in ["arr", "mrr"] {
        match cells.money(field) {
            Err(bad) if bad.reason == Reason::NoCurrency => {
                a.attributes.insert(bad.column, bad.value);
                bare = true;
            }
            other => drop(other?),
        }
    }
    if !bare {
        lay! { a.arr => yearly(cells, "arr", "mrr")? }
    }
    a.attributes.extend(cells.others());
    // A lifetime value without a currency is a bare number of some other system: left out.
    match cells.money("lifetime_value") {
        Ok(Some(value)) => a.lifetime_value = Some(value),
        Err(bad) if bad.reason == Reason::NoCurrency => {
            a.attributes.insert(bad.column, bad.value);
        }
        _ => {}
    }
    if let Some(goals) = cells.list("goals") {
        let kept: Vec<Goal> = goals
            .into_iter()
            .map(|text| {
                a.goals
                    .iter()
                    .find(|g| g.text == text)
                    .cloned()
                    .unwrap_or(Goal {
                        text,
                        status: GoalStatus::Open,
                        due: None,
                    })
            })
            .collect();
        a.goals = kept;
    }
    a.oddities = Vec::new();
    if a.contract_start.zip(a.renewal).is_some_and(|(s, r)| r < s) {
        a.oddities.push(Oddity::EndBeforeStart);
    }
    if bare {
        a.oddities.push(Oddity::NoCurrency);
    }
    if a.arr.is_some_and(|m| m.minor < 0) {
        a.oddities.push(Oddity::Negative);
    }
    Ok(a)
}

pub fn contact(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Contact>,
) -> Result<Contact, Bad> {
    let joined = |last: &str, first: &str| match (cells.text(last), cells.text(first)) {
        // Family name first where it is written in Japanese.
        (Some(l), Some(f)) if l.is_ascii() => Some(format!("{f} {l}")),
        (Some(l), Some(f)) => Some(format!("{l} {f}")),
        (l, f) => l.or(f),
    };
    let name = cells
        .text("name")
        .or_else(|| joined("last_name", "first_name"))
        .or_else(|| cells.text("email"));
    let name = name.ok_or_else(|| cells.bad("name", Reason::Missing { field: "name" }))?;
    let mut c = existing
        .cloned()
        .unwrap_or_else(|| Contact::new(id, account, name.clone()));
    c.name = name;
    lay! {
        c.reading => cells.text("reading").or_else(|| joined("last_reading", "first_reading")),
        c.title => cells.text("title"),
        c.email => cells.text("email"),
        c.phone => cells.text("phone"),
        c.since => cells.day("since")?,
        c.last_contacted => cells.day("last_contacted")?,
        c.influence => cells.whole("influence")?.map(|n| n.min(5) as u8),
        c.role => cells.word("role", &[
            (Role::Champion, &["チャンピオン", "推進者"]), (Role::Sponsor, &["executive sponsor", "executive", "スポンサー", "役員"]), (Role::Decision, &["decision maker", "決裁者", "意思決定者"]),
            (Role::Admin, &["administrator", "管理者"]), (Role::User, &["user", "end user", "利用者", "ユーザー"]), (Role::Billing, &["finance", "経理", "請求"]),
        ], Role::ALL, Role::key)?,
        c.status => cells.word("status", &[
            (ContactStatus::Active, &["在籍", "有効", "current"]), (ContactStatus::Left, &["inactive", "退職", "離職", "former"]), (ContactStatus::Moved, &["moved", "異動"]),
        ], ContactStatus::ALL, ContactStatus::key)?,
    }
    Ok(c)
}

pub fn subscription(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Subscription>,
    now: Now,
) -> Result<Subscription, Bad> {
    let mut s = existing.cloned().unwrap_or(Subscription {
        id,
        account,
        plan: String::new(),
        start: None,
        end: None,
        arr: None,
        seats: None,
        period_months: None,
        auto_renew: None,
        trial: false,
        downgraded: false,
        past_due: false,
        oddities: Oddities::new(),
    });
    lay! {
        s.plan => cells.text("plan"),
        s.start => cells.day("start")?,
        s.arr => yearly(cells, "arr", "mrr")?,
        s.seats => cells.whole("seats")?,
        s.auto_renew => cells.truth("auto_renew")?,
        s.trial => cells.truth("trial")?,
        s.downgraded => cells.truth("downgraded")?,
    }
    if cells.has("end") {
        s.end = cells.day("end")?;
    }
    const PERIODS: &[u32] = &[1, 3, 6, 12];
    let key = |n: u32| match n {
        1 => "monthly",
        3 => "quarterly",
        6 => "half-yearly",
        _ => "annual",
    };
    lay! {
        s.period_months => cells.word("period", &[(1, &["month", "月次", "月払い", "毎月"]), (3, &["quarter", "四半期"]), (6, &["半年"]), (12, &["year", "yearly", "annually", "年次", "年払い", "毎年"])], PERIODS, key)?,
    }
    match cells.get("status").to_lowercase().as_str() {
        "trialing" => s.trial = true,
        status @ ("past_due" | "unpaid" | "未払い" | "延滞" | "active") => {
            s.past_due = status != "active";
            // Who pays, or should, is no longer trying it out.
            if cells.get("trial").is_empty() {
                s.trial = false;
            }
        }
        _ => {}
    }
    s.oddities = Oddities::new();
    if s.start.zip(s.end).is_some_and(|(a, b)| b < a) {
        s.oddities.push(Oddity::EndBeforeStart);
    }
    if s.start
        .is_some_and(|d| d > now.today() + Duration::days(366))
    {
        s.oddities.push(Oddity::InFuture);
    }
    Ok(s)
}

pub fn ticket(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Ticket>,
    contract: Option<chrono::NaiveDate>,
    now: Now,
) -> Result<Ticket, Bad> {
    let mut t = existing.cloned().unwrap_or(Ticket {
        id,
        account,
        subject: String::new(),
        body: String::new(),
        status: Status::Open,
        priority: Priority::Normal,
        opened: None,
        first_answer: None,
        solved: None,
        escalated: false,
        category: String::new(),
        requester: String::new(),
        csat: None,
        oddities: Oddities::new(),
    });
    lay! {
        t.subject => cells.text("subject"),
        t.body => cells.long_text("body"),
        t.category => cells.text("category"),
        t.requester => cells.text("requester"),
        t.opened => cells.instant("opened")?,
        t.escalated => cells.truth("escalated")?,
        t.csat => cells.number("csat")?,
        t.priority => cells.word("priority", &[
            (Priority::Urgent, &["critical", "緊急", "最高", "p1"]), (Priority::High, &["高", "p2"]), (Priority::Normal, &["medium", "中", "普通", "通常", "p3"]), (Priority::Low, &["低", "p4"]),
        ], Priority::ALL, Priority::key)?,
    }
    t.first_answer = cells.instant("first_answer")?.or(t.first_answer);
    if let (Some(minutes), Some(opened)) = (cells.number("first_answer_minutes")?, t.opened) {
        let answered = Duration::try_seconds((minutes * 60.0) as i64)
            .and_then(|after| opened.checked_add_signed(after));
        t.first_answer =
            Some(answered.ok_or_else(|| cells.bad("first_answer_minutes", Reason::NotANumber))?);
    }
    if cells.has("solved") {
        t.solved = cells.instant("solved")?;
    }
    let status = cells.word(
        "status",
        &[
            (
                Status::Open,
                &["new", "in progress", "未対応", "対応中", "新規", "オープン"],
            ),
            (
                Status::Pending,
                &[
                    "hold",
                    "on-hold",
                    "on hold",
                    "pending customer response",
                    "waiting",
                    "保留",
                    "返信待ち",
                    "回答待ち",
                ],
            ),
            (Status::Solved, &["resolved", "解決", "解決済", "解決済み"]),
            (Status::Closed, &["完了", "クローズ", "終了"]),
        ],
        Status::ALL,
        Status::key,
    )?;
    t.status = match status {
        Some(status) => status,
        None if t.solved.is_some() => Status::Solved,
        None => {
            if cells.has("status") || cells.has("solved") {
                Status::Open
            } else {
                t.status
            }
        }
    };
    let mut odd = Oddities::new();
    if t.opened.zip(t.solved).is_some_and(|(o, s)| s < o) {
        odd.push(Oddity::SolvedBeforeOpened);
    }
    if t.first_answer.zip(t.solved).is_some_and(|(f, s)| s < f) {
        odd.push(Oddity::AnsweredAfterSolved);
    }
    if t.csat.is_some_and(|c| !(1.0..=5.0).contains(&c)) {
        odd.push(Oddity::ScoreOutOfRange);
    }
    if t.opened
        .zip(contract)
        .is_some_and(|(o, c)| now.zone.day(o) < c)
    {
        odd.push(Oddity::BeforeContract);
    }
    if t.opened.is_some_and(|o| o > now.at + Duration::days(1)) {
        odd.push(Oddity::InFuture);
    }
    t.oddities = odd;
    Ok(t)
}

/// The kind of survey that a name speaks of.
fn scale(name: &str) -> Option<SurveyKind> {
    let name = name.to_lowercase();
    // Whole words: there are services, devices and invoices.
    let word = |wanted: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|w| w == wanted)
    };
    if name.contains("csat") || name.contains("満足") {
        Some(SurveyKind::Csat)
    } else if word("ces") || name.contains("effort") {
        Some(SurveyKind::Ces)
    } else {
        (name.contains("nps") || name.contains("推奨")).then_some(SurveyKind::Nps)
    }
}

pub fn survey(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Survey>,
    now: Now,
) -> Result<Survey, Bad> {
    let score = cells
        .number("score")?
        .ok_or_else(|| cells.bad("score", Reason::Missing { field: "score" }))?;
    let named = cells.word("kind", &[], SurveyKind::ALL, SurveyKind::key)?;
    // The column says it, else the file's name.
    let kind = named
        .or_else(|| scale(cells.header("score")))
        .or_else(|| scale(cells.file))
        .unwrap_or(SurveyKind::Nps);
    let mut s = existing.cloned().unwrap_or(Survey {
        id,
        account,
        kind,
        score,
        date: None,
        respondent: String::new(),
        comment: String::new(),
        oddities: Oddities::new(),
    });
    (s.kind, s.score) = (kind, score);
    lay! {
        // Of a quarter that still runs what is known is of today.
        s.date => cells.last_day("date")?.map(|d| if periods::end(cells.get("date")).is_some() { d.min(now.today()) } else { d }),
        s.respondent => cells.text("respondent"),
        s.comment => cells.long_text("comment"),
    }
    s.oddities = Oddities::new();
    if !s.in_range() {
        s.oddities.push(Oddity::ScoreOutOfRange);
    }
    if s.date.is_some_and(|d| d > now.today()) {
        s.oddities.push(Oddity::InFuture);
    }
    Ok(s)
}

pub fn touch(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Touch>,
) -> Result<Touch, Bad> {
    let at = cells
        .instant("at")?
        .ok_or_else(|| cells.bad("at", Reason::Missing { field: "at" }))?;
    let kind = cells
        .word(
            "kind",
            &[
                (TouchKind::Call, &["phone", "電話", "通話", "コール"]),
                (
                    TouchKind::Meeting,
                    &[
                        "video",
                        "onsite",
                        "visit",
                        "qbr",
                        "打ち合わせ",
                        "打合せ",
                        "会議",
                        "訪問",
                        "面談",
                    ],
                ),
                (TouchKind::Email, &["mail", "e-mail", "メール"]),
                (TouchKind::Chat, &["slack", "teams", "チャット"]),
                (TouchKind::Webinar, &["ウェビナー", "セミナー"]),
                (TouchKind::Training, &["研修", "トレーニング"]),
                (TouchKind::Other, &["note", "task", "その他"]),
            ],
            TouchKind::ALL,
            TouchKind::key,
        )?
        .unwrap_or(TouchKind::Other);
    let attendance = cells
        .word(
            "attendance",
            &[
                (
                    Attendance::Held,
                    &["done", "completed", "attended", "実施", "参加", "完了"],
                ),
                (
                    Attendance::Declined,
                    &["cancelled", "canceled", "辞退", "キャンセル"],
                ),
                (Attendance::NoShow, &["no show", "欠席", "不参加"]),
                (Attendance::Moved, &["rescheduled", "延期", "変更"]),
            ],
            Attendance::ALL,
            Attendance::key,
        )?
        .unwrap_or(Attendance::Held);
    let mut t = existing.cloned().unwrap_or(Touch {
        id,
        account,
        kind,
        at,
        attendance,
        summary: String::new(),
        by: String::new(),
        purpose: None,
        moved_by: None,
        oddities: Oddities::new(),
    });
    (t.kind, t.at, t.attendance) = (kind, at, attendance);
    lay! {
        t.summary => cells.long_text("summary"),
        t.by => cells.text("by"),
    }
    Ok(t)
}

pub fn outcome(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Outcome>,
    contract: Option<chrono::NaiveDate>,
) -> Result<Outcome, Bad> {
    let said = cells.word(
        "kind",
        &[
            (
                OutcomeKind::Churned,
                &[
                    "churn",
                    "yes",
                    "true",
                    "1",
                    "lost",
                    "cancelled",
                    "canceled",
                    "解約",
                    "失注",
                ],
            ),
            (
                OutcomeKind::Renewed,
                &["renewal", "no", "false", "0", "更新", "継続"],
            ),
            (
                OutcomeKind::Downgraded,
                &["downgrade", "contraction", "縮小"],
            ),
            (
                OutcomeKind::Expanded,
                &["expansion", "upgrade", "upsell", "拡張", "増額"],
            ),
        ],
        OutcomeKind::ALL,
        OutcomeKind::key,
    )?;
    // Nobody is taken for gone because a column was not understood.
    let kind = match said {
        Some(kind) => kind,
        None if cells.names_leaving("date") => OutcomeKind::Churned,
        None => return Err(cells.bad("kind", Reason::Missing { field: "kind" })),
    };
    let mut o = existing.cloned().unwrap_or(Outcome {
        id,
        account,
        kind,
        date: None,
        reason: String::new(),
        comment: String::new(),
        amount: None,
        oddities: Oddities::new(),
    });
    o.kind = kind;
    lay! {
        o.date => cells.last_day("date")?,
        o.reason => cells.text("reason"),
        o.comment => cells.long_text("comment"),
        o.amount => cells.money("amount")?,
    }
    o.oddities = Oddities::new();
    if o.date.zip(contract).is_some_and(|(d, c)| d < c) {
        o.oddities.push(Oddity::BeforeContract);
    }
    Ok(o)
}
