//! The words of outcomes: what became of a term, and what is still to be said.

use super::{labels, words};

words! {
    title(name, ends_on, value): "{name}: term to {ends_on}{value}", "{name}: {ends_on} 満了の契約{value}";
    of_value(value): " · {value}", "・{value}";
    which_term(name): "{name}: which term?", "{name}: どの契約の結果ですか";
    term_ends(date): "term to {date}", "{date} 満了";
    field_became: "Outcome", "結果";
    choose: "renewed, extended or lost?", "更新・延長・解約";
    field_step: "Or a step", "または更新の経過";
    step_hint: "none", "なし";
    not_both: "Choose an outcome or a step, not both", "結果と経過は、どちらか一方を選んでください";
    step_says_no_terms: "A step has no value and no end: leave them empty", "更新の経過には、年額や期間は入力できません";
    step_kept(step, day): "{step} {day}", "{step}（{day}）";
    step_settled: "The outcome of this term is recorded: no step leads to it", "この契約は結果が記録済みのため、経過は登録できません";
    field_value: "New yearly value", "新しい年額";
    same_value(value): "empty: {value} as before", "空欄なら {value} のまま";
    field_until: "Last paid day", "最終の契約日";
    same_length(date, last): "empty: {date}; lost: {last}", "空欄なら {date}（解約は {last}）";
    field_decided: "Decided on", "決まった日";
    today_hint: "empty: today", "空欄なら今日";
    field_cause: "Cause", "理由";
    field_rival: "Rival", "競合";
    field_words: "In their words", "お客様の言葉";
    field_said_by: "Said by", "話した人";
    nothing_to_settle(name): "{name} has no term with a known end that is still to be settled", "{name}には、結果を記録できる契約（満了日がわかるもの）がありません";
    none_to_settle: "No outcome can be recorded there: it is settled, or its contract is gone", "結果を記録できる契約ではありません（記録済み、または契約がありません）";
    several(count, value): "{count} terms, {value}: which outcome?", "{count}件、{value}: 結果は？";
    all_renewed: "Renewed, same terms", "同じ条件で更新";
    ignore_all: "Ignore: nobody will look them up", "対象外にする（結果は調べない）";
    ignored_all(count): "{count} term{count:#} ignored", "{count}件を対象外にしました";
    only_before_use: "Only a term that ended before you began with Kenshin can be ignored", "対象外にできるのは、Kenshin導入前に満了した契約だけです";
    all_lost: "Lost at their last paid day", "満了日で解約";
    recorded_all(count, kind): "{count} term{count:#} recorded: {kind}", "{count}件を記録: {kind}";
    not_recorded(names): "· not recorded: {names}", "・記録できません: {names}";
    say_which: "Choose an outcome (renewed, extended, lost) or a step", "結果（更新・延長・解約）か経過を選んでください";
    decided_later: "It cannot be decided on a day to come", "決まった日に将来の日付は使えません";
    nothing_follows: "Nothing is paid after a loss: leave the value empty", "解約には、新しい年額を入力できません";
    runs_on: "This contract runs until it is cancelled: there is nothing to extend", "期限のない契約のため、延長はできません";
    before_start(start): "The last paid day is before the term begins, {start}", "契約の開始日 {start} より前の日付は使えません";
    lost_after_end(ends_on): "The term ends {ends_on}: a later last day is an extension or a renewal", "契約の満了日は {ends_on} です。それより後は延長か更新です";
    until_when: "Say until when it is extended", "いつまで延長するかを入力してください";
    before_end(ends_on): "It must end after {ends_on}, the last paid day of the term", "今の満了日 {ends_on} より後の日付にしてください";
    bridge_too_long(days, latest): "An extension has at most {days} days: {latest} at the latest. A longer one is a renewal", "延長は{days}日までです（{latest}まで）。それより長ければ更新です";
    extended_twice: "This term is an extension already: it is renewed or lost", "すでに延長された契約です。更新か解約を選んでください";
    no_such_term(day): "No term that can be settled is or ends on {day}", "{day} に当たる、結果を記録できる契約はありません";
    several_terms(terms): "Several terms can be meant; say which with --term (last day, contract or product): {terms}", "該当する契約が複数あります。--term（満了日・契約ID・製品名）で指定してください: {terms}";
    renewed_until(date): "Renewed until {date}", "{date} まで更新";
    renewed_at(date, value): "Renewed until {date} at {value}", "{date} まで {value} で更新";
    extended_until(date): "Extended until {date}: then renewed or lost", "{date} まで延長。その後に更新か解約を記録";
    lost_on(date): "Lost; the contract runs until {date}", "解約。契約は {date} まで";
    ended(days): "term ended {days}d ago, no outcome", "満了から{days}日・結果が未記録";
    more_terms(count): " ({count} terms)", "（{count}件）";
}

labels! {
    words for crate::domain::facts::outcome::Became {
        Renewed: "renewed", "更新";
        Extended: "extended", "延長";
        Lost: "lost", "解約";
    }
}

labels! {
    words for crate::domain::facts::step::StepKind {
        Proposal: "proposal sent", "提案済み";
        Yes: "verbal yes", "口頭で合意";
        Signed: "signed", "契約締結済み";
        Notice: "notice received", "解約通知あり";
        Ignored: "ignored", "対象外";
    }
}

labels! {
    words for crate::domain::dossier::terms::Status {
        Renewed: "renewed", "更新済み";
        Lost: "lost", "解約";
        Extended: "extended", "延長";
        Merged: "merged into another contract", "他の契約に統合";
        Open: "running", "契約中";
        BeforeUse: "ended before you began with Kenshin", "Kenshin導入前に満了";
        Unconfirmed: "renewed by contract, unconfirmed", "自動更新・未確認";
        Overdue: "overdue", "結果が未記録";
    }
}
