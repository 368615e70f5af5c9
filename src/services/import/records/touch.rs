//! A row of an interactions table.

use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::facts::Oddities;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::{AccountId, RecordId};
use crate::services::import::cells::{Bad, Cells};
use crate::services::import::{NoRecord, Reason};

/// What CRMs call a task that was not done yet.
const TO_DO: &[&str] = &[
    "not started",
    "in progress",
    "not_started",
    "in_progress",
    "waiting on someone else",
    "waiting",
    "deferred",
    "scheduled",
    "planned",
    "open",
    "未着手",
    "未開始",
    "進行中",
    "他の人の作業待ち",
    "待ち状態",
    "延期済み",
    "予定",
    "未完了",
];

pub fn touch(
    cells: &Cells,
    id: RecordId,
    account: AccountId,
    existing: Option<&Touch>,
) -> Result<Touch, Bad> {
    let at = cells.key_instant("at")?;
    // A task that is still to do is no contact.
    if TO_DO.contains(&cells.get("attendance").to_lowercase().as_str()) {
        let why = NoRecord::NotDone;
        return Err(cells.bad("attendance", Reason::NoRecord { why }));
    }
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
        )
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
        )
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
        sentiment: None,
        oddities: Oddities::new(),
    });
    (t.kind, t.at, t.attendance) = (kind, at, attendance);
    if let Some(mood) = mood(cells) {
        t.sentiment = Some(mood);
    }
    lay! {
        t.summary => cells.long_text("summary"),
        t.by => cells.text("by"),
    }
    Ok(t)
}

/// How the customer felt, in the words of other systems.
const MOODS: &[(Sentiment, &[&str])] = &[
    (
        Sentiment::Frustrated,
        &[
            "angry",
            "upset",
            "very negative",
            "怒り",
            "不満",
            "苛立ち",
            "とても悪い",
            "非常に悪い",
        ],
    ),
    (
        Sentiment::Disappointed,
        &[
            "negative",
            "bad",
            "unhappy",
            "落胆",
            "悪い",
            "ネガティブ",
            "否定的",
            "△",
            "×",
        ],
    ),
    (Sentiment::Cold, &["冷淡", "消極的"]),
    (
        Sentiment::Sceptical,
        &[
            "skeptical",
            "mixed",
            "concerned",
            "懐疑的",
            "不安",
            "やや悪い",
        ],
    ),
    (
        Sentiment::Neutral,
        &[
            "ok",
            "average",
            "中立",
            "普通",
            "ニュートラル",
            "どちらでもない",
        ],
    ),
    (
        Sentiment::Engaged,
        &[
            "positive",
            "good",
            "happy",
            "satisfied",
            "前向き",
            "良い",
            "良好",
            "ポジティブ",
            "肯定的",
            "○",
            "満足",
        ],
    ),
    (Sentiment::Excited, &["乗り気", "期待", "とても良い"]),
    (
        Sentiment::Enthusiastic,
        &[
            "very positive",
            "great",
            "delighted",
            "熱心",
            "大満足",
            "非常に良い",
            "◎",
        ],
    ),
];

/// How the customer felt; none where the cell does not say.
fn mood(cells: &Cells) -> Option<Sentiment> {
    cells.word("sentiment", MOODS, Sentiment::ALL, Sentiment::key)
}
