//! Signals in words: what each means, what was seen, what it asks.

use super::numbers::{number, signed};
use super::{Lang, labels, words};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::conflicts::{Conflict, Statement};
use crate::domain::contact::Role;
use crate::domain::signals::gaps::{Family, Gap};
use crate::domain::signals::{Call, Evidence, Signal, call};

words! {

    seen_change(metric, before, now, percent): "{metric}: {before} → {now} a day ({percent}%)", "{metric}: 1日 {before} → {now}（{percent}%）";
    seen_count_change(metric, before, now, percent): "{metric}: {before} → {now} ({percent}%)", "{metric}: {before} → {now}（{percent}%）";
    seen_per_week(before, now): "{before} → {now} days a week with sign-ins", "ログインのある日: 週{before}日 → 週{now}日";
    seen_seats(used, licensed): "{used} of {licensed} seats in use", "{used}/{licensed}席を利用";
    seen_idle(name, days): "{name}: not used for {days} day{days:#}", "{name}: {days}日間使われていない";
    seen_no_use(days): "nobody for {days} day{days:#}", "{days}日間、誰も使っていない";
    seen_count(count, days): "{count} in {days} days", "{days}日間に{count}件";
    seen_usual(count, days, usual): "{count} in {days} days, usually {usual}", "{days}日間に{count}件（通常{usual}件）";
    seen_in_all(now): "{now} in all", "計{now}件";
    seen_silent(days, usual): "silent for {days} days; was heard {usual} times before", "{days}日間声なし（以前は{usual}回）";
    seen_issue(subject, count): "“{subject}” ×{count}", "「{subject}」×{count}";
    seen_ticket(id, subject, hours): "{id} · {subject} · open for {hours}", "{id} · {subject} · {hours}経過";
    seen_hours(before, now): "{before} → {now} to solve (middle value)", "解決まで {before} → {now}（中央値）";
    seen_words(words, place): "“{words}” ({place})", "「{words}」（{place}）";
    seen_score(now): "gave {now}", "{now}点";
    seen_score_fall(before, now): "{before} → {now}", "{before}点 → {now}点";
    seen_person(name, role): "{name} ({role})", "{name}（{role}）";
    seen_meeting(date, summary): "{date} {summary}", "{date} {summary}";
    seen_renewal(date, days): "{date}, in {days} day{days:#}", "{date}（あと{days}日）";
    seen_silence(days, allowed): "{days} days; {allowed} allowed", "{days}日（許容{allowed}日）";
    seen_goal(text, unknown): "{text} (due {unknown})", "{text}（期限 {unknown}）";
    seen_mood(before, now): "{before} → {now}", "{before} → {now}";
    sure(confidence): "sure to {confidence}%", "確度{confidence}%";
    since_day(date): "since {date}", "{date}から";
    hours_n(hours): "{hours} h", "{hours}時間";
    days_n(floor): "{floor} d", "{floor}日";
    signals: "Signals", "シグナル";
    no_signals: "No signals", "シグナルなし";
    call_note: "one warning: note it", "警戒1件: 要観察";
    call_act(count): "{count} warnings: act", "警戒{count}件: 要対応";
    places_ticket: "ticket", "チケット";
    places_note: "note", "メモ";
    places_checkin: "check-in", "チェックイン";
    places_touch: "talk", "やりとり";
    places_survey: "survey", "アンケート";
    behind_it(count): "Behind it: {count} record{count:#}", "根拠となる記録 {count}件";
    says_numbers(band, score): "the numbers say {band} {score}", "数値では{band} {score}";
    says_champion(name, date): "{name} left on {date}", "{name}が{date}に離任";
    says_gave(score, who, date): "gave {score} ({who} {date})", "{score}点（{who} {date}）";
    says_wrote(next, date): "“{next}” ({date})", "「{next}」（{date}）";
    says_record(renewal): "the record says {renewal}", "記録では{renewal}";
    says_person(judgement, date): "the last talk said {judgement} ({date})", "前回の見立ては{judgement}（{date}）";
    says_left(day): "left on {day}", "{day}に解約";
    says_gone: "left, nobody noted when", "解約済み（日付の記録なし）";
    says_used(date): "used on {date}", "{date}にも利用";
    gap_nothing: "no data", "データなし";
    gap_short(days): "{days} day{days:#} only", "{days}日分のみ";
    gap_stale(days): "data is {days} days old", "{days}日前のデータ";
    gap_of(family, why): "{family} ({why})", "{family}（{why}）";
    not_judged(list_comma): "Too little data to judge: {list_comma}", "データ不足で判断できないもの: {list_comma}";
    gap_sparse: "too seldom to compare", "まれで比べられない";
}

labels! {
    words for crate::domain::conflicts::Kind {
        GreenChampionLeft: "Green, but the champion left", "健全だが推進者が離任";
        ContentComplains: "Content, and complains", "満足なのに不満の声";
        RenewalDates: "Two renewal dates", "更新時期の食い違い";
        PersonNumbers: "A person and the numbers", "人の見立てと数値";
        UsedAfterEnd: "Left, and still used", "解約後も利用";
    }
}

labels! {
    words for crate::domain::signals::gaps::Family {
        Usage: "usage", "利用";
        Support: "support", "サポート";
        Feedback: "feedback", "お客様の声";
        Talks: "talks", "会話";
    }
}

labels! {
    words for crate::domain::signals::Kind {
        UsageDrop: "Usage down", "利用の減少";
        LoginsFalling: "Sign-ins thinning out", "ログイン頻度の低下";
        SeatsUnused: "Seats unused", "未使用の席";
        FeatureUnused: "Core feature unused", "主要機能の不使用";
        NoLogin: "Nobody signs in", "ログインなし";
        IntegrationLost: "Integration disconnected", "連携の切断";
        TicketSpike: "Ticket spike", "問い合わせの急増";
        RepeatIssue: "Same issue again", "同じ問題の繰り返し";
        TicketEscalated: "Escalated ticket", "エスカレーション中のチケット";
        TicketOld: "Ticket open too long", "未解決が続くチケット";
        SlowerAnswers: "Solutions take longer", "解決の遅れ";
        NegativeLanguage: "Angry words in tickets", "チケットの強い不満";
        Detractor: "NPS detractor", "NPS批判者";
        NpsFall: "NPS fell", "NPSの低下";
        LowCsat: "Low satisfaction", "低い満足度";
        CriticalComment: "Critical comment", "批判的なコメント";
        GoneQuiet: "Gone quiet", "声が途絶えた";
        ChampionLeft: "Champion left", "推進者の離任";
        StakeholderChange: "Stakeholder change", "関係者の交代";
        MeetingsMissed: "Meetings missed", "会議の欠席・延期";
        ReviewSkipped: "Business review skipped", "ビジネスレビューの見送り";
        TrainingDeclined: "Training declined", "研修の辞退";
        BudgetQuestion: "Budget questioned", "予算の話";
        Competitor: "Competitor mentioned", "競合の話";
        ContractScrutiny: "Contract scrutinised", "契約条件の確認";
        ColderTone: "Tone is colder", "雰囲気の冷え込み";
        UseShrinking: "Use is shrinking", "利用範囲の縮小";
        MailsUnopened: "Mails unopened", "メール未開封";
        BusinessTrouble: "Their business is in motion", "事業環境の変化";
        RenewalNear: "Renewal comes near", "更新が近い";
        NoTouch: "No touch for too long", "接触の途絶え";
        MilestoneMissed: "Milestone missed", "目標の遅れ";
        UsageSurge: "Usage surges", "利用の急増";
        LimitReached: "Limit reached", "席数の上限";
        MilestoneReached: "Milestone reached", "目標の達成";
        Promoter: "Promoter", "NPS推奨者";
    }
}

labels! {
    help for crate::domain::signals::Kind {
        UsageDrop: "Active users, or the key usage, fell by a third or so month on month, and by more than this account's weeks usually differ.", "利用者数（または主な利用量）が前月より大きく減り、その減り方がこのアカウントの普段の揺れを超えています。";
        LoginsFalling: "People sign in on fewer days of the week than they did: five, then one.", "ログインのある日が週に数日まで減りました。";
        SeatsUnused: "Few of the seats that are paid for are used: five of fifty.", "契約席数のうち、使われている席がごくわずかです。";
        FeatureUnused: "A feature that this account used to live from has not been used for a month.", "これまで頼りにしていた機能が1か月使われていません。";
        NoLogin: "Nobody signed in for two weeks, though usage of others is known for those days.", "2週間、誰もログインしていません（他社の利用データは届いています）。";
        IntegrationLost: "An integration that was alive carries nothing any more: disconnected, or about to be.", "動いていた連携に何も流れていません。";
        TicketSpike: "Many more tickets in two weeks than this account usually has.", "2週間の問い合わせが、このアカウントの普段より大幅に多くなっています。";
        RepeatIssue: "The same issue again and again: three tickets that say the same in other words.", "同じ問題の問い合わせが、言い方を変えて3件以上届いています。";
        TicketEscalated: "A ticket that was escalated is not solved yet.", "エスカレーションされたチケットが未解決です。";
        TicketOld: "A ticket is open for longer than two days.", "チケットが2日以上開いたままです。";
        SlowerAnswers: "Tickets take longer to be solved than they used to.", "チケットの解決にかかる時間が以前より延びています。";
        NegativeLanguage: "Angry or let-down words in tickets, by the lexicon.", "チケットに怒りや落胆の言葉があります（辞書による）。";
        Detractor: "Somebody gave an NPS of 0–6 and has not given a better one since.", "NPSで0〜6点を付け、その後もっと良い点を付けていない人がいます。";
        NpsFall: "The NPS of one person fell: nine, then seven.", "同じ人のNPSが下がりました（例: 9点から7点）。";
        LowCsat: "Low satisfaction (1–2 of 5) with an answer of ours or in a survey.", "回答やアンケートの満足度が低い（5点中1〜2点）。";
        CriticalComment: "A critical comment in a survey, or a risk noted in a business review.", "アンケートに批判的なコメントがある、またはビジネスレビューでリスクが記録されています。";
        GoneQuiet: "A customer who used to write, ask and answer says nothing any more.", "以前はよく声のあったお客様が、何も言わなくなりました。";
        ChampionLeft: "The person who carried the product inside the customer has left or moved.", "社内で製品を推進していた人が離れました。";
        StakeholderChange: "A sponsor or decision-maker left, moved, or is new.", "スポンサーや決裁者が離れた、異動した、または新しくなりました。";
        MeetingsMissed: "Meetings are declined, moved or not attended, more than once.", "会議の辞退・延期・欠席が続いています。";
        ReviewSkipped: "A business review was skipped: declined or missed, or long overdue where there used to be some.", "ビジネスレビューが見送られた、または予定を大きく過ぎています。";
        TrainingDeclined: "A training was declined or nobody came.", "研修が辞退された、または誰も来ませんでした。";
        BudgetQuestion: "Money is questioned: cost, budget, price.", "費用・予算・価格が話題になっています。";
        Competitor: "Others' products are mentioned or compared.", "他社の製品が話題になった、または比べられています。";
        ContractScrutiny: "How to get out is asked: terms, notice, export of data; or leaving is spoken of.", "解約条件・通知期間・データの取り出しを聞かれた、または解約を口にされています。";
        ColderTone: "Talks feel colder than the ones before.", "最近の会話の雰囲気が、それ以前より冷えています。";
        UseShrinking: "The use case shrinks: seats given back, a smaller plan, features dropped.", "席数の返却や使わなくなった機能など、利用範囲が縮んでいます。";
        MailsUnopened: "Our mails are not opened any more: the last ones in a row.", "こちらからのメールが続けて開かれていません。";
        BusinessTrouble: "The customer's own business is in motion: layoffs, reorganisation, a merger, trouble.", "お客様の事業が動いています: 人員削減、組織再編、合併、業績の不安。";
        RenewalNear: "The renewal comes nearer: 120, 90, 60, 30, 14 and 7 days before.", "更新日が近づいています（120・90・60・30・14・7日前に知らせます）。";
        NoTouch: "No touch for longer than the cadence allows.", "決めた頻度を超えて、やりとりがありません。";
        MilestoneMissed: "A goal or milestone that was agreed is overdue; in onboarding it weighs more.", "合意した目標や節目が期限を過ぎています。導入期は重く見ます。";
        UsageSurge: "Usage rose by a third or so month on month, more than this account's weeks usually differ.", "利用が前月より大きく増え、普段の揺れを超えています。";
        LimitReached: "Nearly all seats are used: time to speak of more.", "ほぼ全席が使われています: 追加の相談の時期です。";
        MilestoneReached: "A goal that was agreed is reached.", "合意した目標が達成されました。";
        Promoter: "Somebody gave an NPS of 9 or 10: ask for a reference within 48 hours.", "NPSで9〜10点を付けた人がいます: 48時間以内に紹介・事例をお願いしましょう。";
    }
}

labels! {
    words for crate::domain::signals::Severity {
        Low: "low", "低";
        Medium: "medium", "中";
        High: "high", "高";
    }
}

/// Where something was said.
fn place_words(lang: Lang, kind: &str) -> &'static str {
    match kind {
        "ticket" => places_ticket(lang),
        "note" => places_note(lang),
        "checkin" => places_checkin(lang),
        "survey" => places_survey(lang),
        _ => places_touch(lang),
    }
}

/// Hours as people say them: days from two on.
pub fn hours(lang: Lang, hours: f64) -> String {
    if hours >= 48.0 {
        days_n(lang, number((hours / 24.0).floor()))
    } else {
        hours_n(lang, number(hours))
    }
}

/// The word for how a talk felt that is nearest to a number.
pub fn mood(lang: Lang, points: f64) -> &'static str {
    let nearest = Sentiment::ALL.iter().min_by(|a, b| {
        (a.points() - points)
            .abs()
            .total_cmp(&(b.points() - points).abs())
    });
    nearest.map_or("", |s| s.words(lang))
}

/// What a signal asks the customer about.
pub fn signal_question(lang: Lang, signal: &Signal) -> String {
    let evidence = &signal.evidence;
    let about = evidence.iter().find_map(|e| match e {
        Evidence::Idle { name: about, .. } | Evidence::Goal { text: about, .. } => {
            Some(about.as_str())
        }
        _ => None,
    });
    question(lang, signal.kind, about.unwrap_or_default())
}

/// A number behind a signal. A count says its days first in Japanese.
pub fn evidence(lang: Lang, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Change {
            metric,
            before,
            now,
            percent,
        } => {
            let (before, now) = (number(*before), number(*now));
            let percent = signed(percent.round() as i64);
            match metric.as_str() {
                "seats" => seen_count_change(lang, super::usage::seats(lang), before, now, percent),
                "features" => {
                    seen_count_change(lang, super::usage::features(lang), before, now, percent)
                }
                metric => {
                    let name = super::usage::metric_name(lang, metric);
                    seen_change(lang, name, before, now, percent)
                }
            }
        }
        Evidence::PerWeek { before, now } => seen_per_week(lang, number(*before), number(*now)),
        Evidence::Seats { used, licensed } => seen_seats(lang, number(*used), licensed),
        Evidence::Idle { name, days } => seen_idle(lang, name, days),
        Evidence::NoUse { days } => seen_no_use(lang, days),
        Evidence::Count {
            now: 0,
            usual: Some(usual),
            days,
        } => seen_silent(lang, days, number(*usual)),
        Evidence::Count {
            now,
            usual: _,
            days: 0,
        } => seen_in_all(lang, now),
        Evidence::Count { now, usual, days } => match usual {
            Some(usual) => seen_usual(lang, now, days, number(*usual)),
            None => seen_count(lang, now, days),
        },
        Evidence::Issue { subject, count } => seen_issue(lang, subject, count),
        Evidence::Ticket {
            id,
            subject,
            hours: open,
        } => seen_ticket(lang, id, subject, hours(lang, *open as f64)),
        Evidence::Hours { before, now } => {
            seen_hours(lang, hours(lang, *before), hours(lang, *now))
        }
        Evidence::Words { words, place } => seen_words(lang, words, place_words(lang, place)),
        Evidence::Score { before, now, who } => {
            let gave = match before {
                Some(before) => seen_score_fall(lang, number(*before), number(*now)),
                None => seen_score(lang, number(*now)),
            };
            if who.is_empty() {
                gave
            } else {
                format!("{who}: {gave}")
            }
        }
        Evidence::Person { name, role } => {
            seen_person(lang, name, Role::parse(role).map_or("", |r| r.words(lang)))
        }
        Evidence::Meeting { date, summary } => {
            seen_meeting(lang, date, summary).trim_end().to_owned()
        }
        Evidence::Renewal { date, days } => seen_renewal(lang, date, days),
        Evidence::Silence { days, allowed } => seen_silence(lang, days, allowed),
        Evidence::Goal { text, due } => seen_goal(
            lang,
            text,
            due.map_or_else(
                || super::common::unknown(lang).to_owned(),
                |d| d.to_string(),
            ),
        ),
        Evidence::Mood { before, now } => seen_mood(lang, mood(lang, *before), mood(lang, *now)),
    }
}

/// That a customer left, and when.
pub fn left(lang: Lang, left: crate::domain::standing::Left) -> String {
    left.day()
        .map_or_else(|| says_gone(lang).to_owned(), |day| says_left(lang, day))
}

/// One side of a contradiction.
pub fn saying(lang: Lang, saying: &Statement) -> String {
    match saying {
        Statement::Numbers { band, score } => says_numbers(
            lang,
            band.words(lang),
            score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
        ),
        Statement::ChampionLeft { name, date } => says_champion(lang, name, date),
        Statement::Gave { score, who, date } => {
            says_gave(lang, number(*score), who, date).replace("  ", " ")
        }
        Statement::Wrote { text, date } => {
            says_wrote(lang, text.lines().next().unwrap_or_default(), date)
        }
        Statement::Record { renewal } => says_record(lang, renewal),
        Statement::Person { judgement, date } => says_person(lang, judgement.words(lang), date),
        Statement::Left { date } => says_left(lang, date),
        Statement::Used { date } => says_used(lang, date),
    }
}

/// Both sides of a contradiction.
pub fn sides(lang: Lang, d: &Conflict) -> String {
    format!("{} ↔ {}", saying(lang, &d.one), saying(lang, &d.other))
}

/// A signal in one line: what, since when, how severe, and by what.
pub fn signal_line(lang: Lang, signal: &Signal) -> String {
    let evidence: Vec<String> = signal.evidence.iter().map(|e| evidence(lang, e)).collect();
    format!(
        "{} · {} · {}",
        signal.kind.words(lang),
        since_day(lang, signal.date),
        evidence.join(super::common::list_comma(lang))
    )
}

/// What cannot be judged, in one line; none where all can.
pub fn gaps(lang: Lang, gaps: &[(Family, Gap)]) -> Option<String> {
    let one = |(family, gap): &(Family, Gap)| {
        let why = match gap {
            Gap::Nothing => gap_nothing(lang).to_owned(),
            Gap::Sparse => gap_sparse(lang).to_owned(),
            Gap::Short { days } => gap_short(lang, days),
            Gap::Stale { days } => gap_stale(lang, days),
        };
        gap_of(lang, family.words(lang), &why)
    };
    let all: Vec<String> = gaps.iter().map(one).collect();
    (!all.is_empty()).then(|| not_judged(lang, all.join(super::common::list_comma(lang))))
}

/// What the signals together ask for; none of none.
pub fn signal_call(lang: Lang, signals: &[Signal]) -> Option<String> {
    match call(signals) {
        Call::Quiet => None,
        Call::Note => Some(call_note(lang).to_owned()),
        Call::Act => Some(call_act(
            lang,
            crate::domain::signals::troubles(signals).count(),
        )),
    }
}

/// What a signal of this kind asks the customer; `about` is what it is about.
fn question(lang: Lang, kind: crate::domain::signals::Kind, about: &str) -> String {
    use crate::domain::signals::Kind as K;
    let (en, ja) = match kind {
        K::UsageDrop => (
            "What changed for the people who used it most?".into(),
            "一番使っていた方々に、何か変化がありましたか。".into(),
        ),
        K::LoginsFalling => (
            "What brings people in each week, and what stopped doing so?".into(),
            "毎週使うきっかけは何で、なぜ減ったのでしょうか。".into(),
        ),
        K::SeatsUnused => (
            "Who else was meant to use it, and what keeps them out?".into(),
            "ほかに使うはずだった方はどなたで、何が妨げですか。".into(),
        ),
        K::FeatureUnused => (
            format!("What do you use now in place of {about}?"),
            format!("{about}の代わりに、いまは何をお使いですか。"),
        ),
        K::NoLogin => (
            "Is anybody still meant to work with it, and what stands in the way?".into(),
            "使うことになっている方はいらっしゃいますか。何が妨げですか。".into(),
        ),
        K::IntegrationLost => (
            format!("Was {about} switched off on purpose?"),
            format!("{about}の連携は、意図して止めたものですか。"),
        ),
        K::TicketSpike => (
            "What is behind the tickets of the last weeks?".into(),
            "ここ数週間の問い合わせの背景には何がありますか。".into(),
        ),
        K::RepeatIssue => (
            "What does this fault cost you each time it comes back?".into(),
            "この不具合が起きるたびに、どれほどの手間がかかりますか。".into(),
        ),
        K::TicketEscalated => (
            "What would make the escalated matter settled for you?".into(),
            "エスカレーションの件は、どうなれば解決と言えますか。".into(),
        ),
        K::TicketOld => (
            "What waits on the ticket that is still open?".into(),
            "未解決のチケットで、何が止まっていますか。".into(),
        ),
        K::SlowerAnswers => (
            "Are our answers fast enough for what you need them for?".into(),
            "回答の速さは、業務に足りていますか。".into(),
        ),
        K::NegativeLanguage => (
            "What upset you most, and have we understood it?".into(),
            "一番ご不満だった点は何で、私たちは正しく理解できていますか。".into(),
        ),
        K::Detractor => (
            "What would have to change for you to recommend us?".into(),
            "何が変われば、人に薦めていただけますか。".into(),
        ),
        K::NpsFall => (
            "What was better when you gave the higher score?".into(),
            "高い点を付けていただいた頃は、何がよかったのでしょうか。".into(),
        ),
        K::LowCsat => (
            "Which answer of ours did not help?".into(),
            "どの対応がお役に立てませんでしたか。".into(),
        ),
        K::CriticalComment => (
            "Which of the points you wrote down matters most?".into(),
            "書いていただいた点のうち、一番大事なのはどれですか。".into(),
        ),
        K::GoneQuiet => (
            "We have not heard from you of late: what should we know?".into(),
            "最近お声を聞いていませんが、知っておくべきことはありますか。".into(),
        ),
        K::ChampionLeft => (
            "Who carries this forward, and may we meet them?".into(),
            "今後はどなたが進めますか。ご紹介いただけますか。".into(),
        ),
        K::StakeholderChange => (
            "What do the new people expect of it?".into(),
            "新しい担当の方は、何を期待されていますか。".into(),
        ),
        K::MeetingsMissed => (
            "Does this time still suit you, or should we meet otherwise?".into(),
            "この時間で合っていますか。別の形がよいですか。".into(),
        ),
        K::ReviewSkipped => (
            "What would make a review worth your time?".into(),
            "どんな内容なら、レビューに時間を割く価値がありますか。".into(),
        ),
        K::TrainingDeclined => (
            "What would people have to learn, and when would it suit?".into(),
            "何を学べるとよく、いつなら都合がよいですか。".into(),
        ),
        K::BudgetQuestion => (
            "How is the budget decided, and what does it depend on?".into(),
            "予算はどのように決まり、何に左右されますか。".into(),
        ),
        K::Competitor => (
            "What do others offer that you miss here?".into(),
            "他社にあって、ここにないものは何ですか。".into(),
        ),
        K::ContractScrutiny => (
            "What in the contract should we talk about early?".into(),
            "契約について、早めに話すべき点はありますか。".into(),
        ),
        K::ColderTone => (
            "How do you feel about where this stands?".into(),
            "いまの状況を、率直にどう感じていますか。".into(),
        ),
        K::UseShrinking => (
            "Which use has gone, and is it gone for good?".into(),
            "なくなった使い方はどれで、今後も戻りませんか。".into(),
        ),
        K::MailsUnopened => (
            "What would you like to hear from us, and how?".into(),
            "私たちから何を、どんな形で知りたいですか。".into(),
        ),
        K::BusinessTrouble => (
            "What do the changes in your business mean for your plans?".into(),
            "御社の事業の変化は、計画にどう影響しますか。".into(),
        ),
        K::RenewalNear => (
            "What must be settled before you renew, and who decides?".into(),
            "更新までに片づけるべきことは何で、どなたが決めますか。".into(),
        ),
        K::NoTouch => (
            "What has happened since we last spoke?".into(),
            "前回から、どんなことがありましたか。".into(),
        ),
        K::MilestoneMissed => (
            format!("What holds up “{about}”, and what date is real?"),
            format!("「{about}」は何で止まっていて、現実的な期日はいつですか。"),
        ),
        K::UsageSurge => (
            "What made use grow, and who else would gain from it?".into(),
            "利用が増えたきっかけは何で、ほかに役立つ部署はありますか。".into(),
        ),
        K::LimitReached => (
            "Who waits for a seat?".into(),
            "席の空きを待っている方はいますか。".into(),
        ),
        K::MilestoneReached => (
            format!("Whom should we tell that “{about}” is reached?"),
            format!("「{about}」の達成を、どなたにお伝えしましょうか。"),
        ),
        K::Promoter => (
            "Would you tell others about it, in a reference or a talk?".into(),
            "事例や講演で、ほかの方に話していただけますか。".into(),
        ),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}
