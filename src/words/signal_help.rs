//! The help of each signal, and the question to ask the customer. Questions are open: none can be
//! answered with yes or no.

use super::{Lang, labels};
use crate::domain::signals::{Evidence, Kind, Signal};

labels! {
    help for crate::domain::signals::Kind {
        UsageDrop: "Active users or the main usage metric fell sharply month on month, more than this account's normal variation.", "アクティブユーザー数または主な利用指標が前月より大きく減り、このアカウントの通常の変動幅を超えています。";
        LoginsFalling: "People sign in on fewer days a week than before, for example 1 instead of 5.", "ログインのある日が以前より減っています（例: 週5日から週1日）。";
        SeatsUnused: "Only a few of the paid seats are in use, for example 5 of 50.", "契約した席のうち、使われている席がわずかです（例: 50席中5席）。";
        FeatureUnused: "A feature this account relied on has not been used for a month.", "よく使われていた機能が1か月使われていません。";
        NoLogin: "No one has signed in for two weeks, although usage data is up to date.", "利用データは届いていますが、2週間、誰もログインしていません。";
        IntegrationLost: "An active integration no longer sends data: it is disconnected or about to be.", "稼働していた連携からデータが届かなくなりました。切断されたか、切断される可能性があります。";
        TicketSpike: "Many more tickets in two weeks than usual for this account.", "2週間のチケットが、このアカウントの通常より大幅に増えています。";
        RepeatIssue: "The same issue was reported in at least three tickets, in different words.", "同じ問題のチケットが、表現を変えて3件以上届いています。";
        TicketEscalated: "An escalated ticket is still open.", "エスカレーションされたチケットが未解決です。";
        TicketOld: "A ticket has been open for more than two days.", "チケットが2日を超えて未解決です。";
        SlowerAnswers: "Tickets take longer to resolve than before.", "チケットの解決にかかる時間が以前より延びています。";
        NegativeLanguage: "Tickets contain angry or disappointed phrases from the lexicon.", "チケットに怒りや落胆の表現があります（フレーズ辞書による）。";
        Detractor: "A person gave an NPS of 0–6 and no better score since.", "NPSで0〜6点を付け、その後より良い点を付けていない方がいます。";
        NpsFall: "The NPS of one person fell, for example from 9 to 7.", "同じ方のNPSが下がりました（例: 9点から7点）。";
        LowCsat: "Low satisfaction (1–2 of 5) with an answer or in a survey.", "回答やアンケートの満足度が低くなっています（5点中1〜2点）。";
        CriticalComment: "A critical survey comment, or a risk noted in a business review.", "アンケートに批判的なコメントがある、またはビジネスレビューでリスクが記録されています。";
        GoneQuiet: "A customer who used to write, ask and answer has gone silent.", "以前はよくご連絡のあったお客様から、反応がなくなりました。";
        ChampionLeft: "The champion has left or changed role.", "チャンピオンが退職または異動しました。";
        StakeholderChange: "A sponsor or decision maker left, changed role or is new.", "スポンサーや決裁者が退職・異動した、または新しく着任しました。";
        MeetingsMissed: "Several meetings were declined, moved or missed.", "面談の辞退・延期・欠席が続いています。";
        ReviewSkipped: "A business review was declined or missed, or is long overdue.", "ビジネスレビューが辞退・欠席となった、または予定を大きく過ぎています。";
        TrainingDeclined: "A training session was declined or no one attended.", "トレーニングが辞退された、または参加者がいませんでした。";
        BudgetQuestion: "The customer questions cost, budget or price.", "費用・予算・価格が話題になっています。";
        Competitor: "The customer mentions or compares other products.", "他社製品が話題になった、または比較されています。";
        ContractScrutiny: "The customer asks about contract terms, notice or data export, or talks of cancelling.", "契約条件・解約予告期間・データの書き出しを確認された、または解約が話題になっています。";
        DoubtVoiced: "The customer voices doubts: about deciding, time, use, benefit, or the product's place in daily work.", "決定・時間・使い方・効果・日々の業務での位置づけについて、迷いや疑問の声が出ています。";
        ColderTone: "Recent conversations feel colder than earlier ones.", "最近の会話の感情が、以前より悪化しています。";
        UseShrinking: "The customer uses less of the product: seats returned, a smaller plan, features dropped.", "席の返却、プランの縮小、使われなくなった機能など、利用範囲が縮小しています。";
        MailsUnopened: "The last emails in a row were not opened.", "直近のメールが続けて開封されていません。";
        BusinessTrouble: "The customer's business is changing: layoffs, reorganisation, a merger or trouble.", "お客様の事業に変化があります（人員削減、組織再編、合併、業績の悪化など）。";
        RenewalNear: "The renewal is approaching: signalled 120, 90, 60, 30, 14 and 7 days before, until it is signed.", "更新日が近づいています（120・90・60・30・14・7日前に通知、契約締結済みなら通知しません）。";
        NoTouch: "No contact for longer than the cadence allows.", "ケイデンスで決めた間隔を超えて、連絡がありません。";
        MilestoneMissed: "An agreed goal or milestone is overdue; it weighs more during onboarding.", "合意した目標やマイルストーンが期日を過ぎています。オンボーディング中はより重く扱います。";
        UsageSurge: "Usage rose sharply month on month, more than this account's normal variation.", "利用が前月より大きく増え、このアカウントの通常の変動幅を超えています。";
        LimitReached: "Nearly all seats are in use: a good time to discuss expansion.", "ほぼすべての席が使われています。拡張をご相談する時期です。";
        MilestoneReached: "An agreed goal has been reached.", "合意した目標が達成されました。";
        Promoter: "A person gave an NPS of 9 or 10: ask for a reference within 48 hours.", "NPSで9〜10点を付けた方がいます。48時間以内に事例・紹介をお願いしましょう。";
    }
}

/// The question to ask the customer about a signal.
pub fn signal_question(lang: Lang, signal: &Signal) -> String {
    let subject = signal.evidence.iter().find_map(|e| match e {
        Evidence::Idle { name, .. } => Some(name.as_str()),
        Evidence::Goal { text, .. } => Some(text.as_str()),
        _ => None,
    });
    question(lang, signal.kind, subject.unwrap_or_default())
}

/// The question for one kind of signal; `about` is its feature, integration or goal.
#[expect(
    clippy::too_many_lines,
    reason = "a table: one arm for each kind of signal"
)]
fn question(lang: Lang, kind: Kind, about: &str) -> String {
    use Kind as K;
    let (en, ja): (String, String) = match kind {
        K::UsageDrop => (
            "What changed for the people who used it most?".into(),
            "一番ご利用いただいていた方々に、どのような変化がありましたか。".into(),
        ),
        K::LoginsFalling => (
            "What brings people in each week, and what has changed?".into(),
            "毎週ご利用いただくきっかけは何で、どのような変化がありましたか。".into(),
        ),
        K::SeatsUnused => (
            "Who else was going to use it, and what is in the way?".into(),
            "ほかにご利用を予定されていたのはどなたで、何が妨げになっていますか。".into(),
        ),
        K::FeatureUnused => (
            format!("What do you use now instead of {about}?"),
            format!("{about}の代わりに、現在は何をお使いでしょうか。"),
        ),
        K::NoLogin => (
            "Who is still going to use it, and what is in the way?".into(),
            "今後ご利用になるのはどなたで、何が妨げになっていますか。".into(),
        ),
        K::IntegrationLost => (
            format!("What happened with the {about} integration?"),
            format!("{about}の連携には、どのような経緯がありましたか。"),
        ),
        K::TicketSpike => (
            "What is behind the tickets of the last weeks?".into(),
            "ここ数週間のお問い合わせの背景には、何がありますか。".into(),
        ),
        K::RepeatIssue => (
            "What does this issue cost you each time it comes back?".into(),
            "この問題が起きるたびに、どのようなお手間がかかっていますか。".into(),
        ),
        K::TicketEscalated => (
            "What would settle the escalated issue for you?".into(),
            "エスカレーションの件は、どのような状態になれば解決と言えますか。".into(),
        ),
        K::TicketOld => (
            "What is waiting on the open ticket?".into(),
            "未解決のお問い合わせで、どのような作業が止まっていますか。".into(),
        ),
        K::SlowerAnswers => (
            "How fast do you need our answers, and where are we too slow?".into(),
            "回答はどのくらいの速さが必要で、どのような場面で遅いとお感じですか。".into(),
        ),
        K::NegativeLanguage => (
            "What upset you most, and what should we understand better?".into(),
            "最もご不満だった点は何でしょうか。私どもの理解が足りない点もお聞かせください。".into(),
        ),
        K::Detractor => (
            "What would have to change for you to recommend us?".into(),
            "何が変われば、ほかの方にお薦めいただけるでしょうか。".into(),
        ),
        K::NpsFall => (
            "What was better when you gave the higher score?".into(),
            "以前高い点をいただいた頃は、どのような点がよかったのでしょうか。".into(),
        ),
        K::LowCsat => (
            "Which of our answers did not help, and why?".into(),
            "どの対応が、どのような理由でお役に立てませんでしたか。".into(),
        ),
        K::CriticalComment => (
            "Which of the points you raised matters most?".into(),
            "いただいたご指摘のうち、最も大切なのはどの点でしょうか。".into(),
        ),
        K::GoneQuiet => (
            "We have not heard from you recently. What should we know?".into(),
            "最近ご様子を伺えておりませんが、どのような状況でしょうか。".into(),
        ),
        K::ChampionLeft => (
            "Who takes this forward now, and how can we get to know them?".into(),
            "今後はどなたが中心となって進められますか。どのような機会にご挨拶できますでしょうか。"
                .into(),
        ),
        K::StakeholderChange => (
            "What do the new people expect?".into(),
            "新しくご担当になられた方は、何を期待されていますか。".into(),
        ),
        K::MeetingsMissed => (
            "What time or format would suit you better?".into(),
            "どのような日時や形であれば、ご都合がよろしいでしょうか。".into(),
        ),
        K::ReviewSkipped => (
            "What would make a review worth your time?".into(),
            "どのような内容であれば、レビューがお役に立ちますか。".into(),
        ),
        K::TrainingDeclined => (
            "What would your people need to learn, and when would suit?".into(),
            "どのような内容のトレーニングが必要で、いつ頃がご都合よろしいでしょうか。".into(),
        ),
        K::BudgetQuestion => (
            "How is the budget decided, and what does it depend on?".into(),
            "ご予算はどのように決まり、何に左右されますか。".into(),
        ),
        K::Competitor => (
            "What do others offer that you miss here?".into(),
            "他社の製品にあって、当社の製品に足りないものは何でしょうか。".into(),
        ),
        K::ContractScrutiny => (
            "Which points of the contract should we discuss early?".into(),
            "ご契約について、早めにご相談すべき点は何でしょうか。".into(),
        ),
        K::DoubtVoiced => (
            "What would have to change for it to help you every day?".into(),
            "毎日の業務でお役に立てるようになるには、何が変わる必要がありますか。".into(),
        ),
        K::ColderTone => (
            "How do you feel about where things stand?".into(),
            "現在の状況を、率直にどのようにお感じですか。".into(),
        ),
        K::UseShrinking => (
            "Which use has ended, and what would bring it back?".into(),
            "ご利用がなくなったのはどの業務で、何があれば再開できそうでしょうか。".into(),
        ),
        K::MailsUnopened => (
            "What would you like to hear from us, and how?".into(),
            "私どもから、どのような情報をどのような形でお届けするのがよろしいでしょうか。".into(),
        ),
        K::BusinessTrouble => (
            "What do the changes in your business mean for your plans?".into(),
            "御社の事業の変化は、今後のご計画にどのように影響しますか。".into(),
        ),
        K::RenewalNear => (
            "What needs to be settled before you renew, and who decides?".into(),
            "ご更新までに解決すべきことは何で、どなたがお決めになりますか。".into(),
        ),
        K::NoTouch => (
            "What has happened since we last spoke?".into(),
            "前回お話しして以降、どのようなことがありましたか。".into(),
        ),
        K::MilestoneMissed => (
            format!("What holds up “{about}”, and which date is realistic?"),
            format!("「{about}」は何が妨げとなっていて、現実的な期日はいつ頃でしょうか。"),
        ),
        K::UsageSurge => (
            "What made usage grow, and who else could benefit?".into(),
            "ご利用が増えたきっかけは何で、ほかにどの部署でお役に立てそうでしょうか。".into(),
        ),
        K::LimitReached => (
            "Who is waiting for a seat?".into(),
            "席の空きをお待ちの方はどなたでしょうか。".into(),
        ),
        K::MilestoneReached => (
            format!("Who should hear that “{about}” has been reached?"),
            format!("「{about}」の達成を、どなたにお伝えするのがよろしいでしょうか。"),
        ),
        K::Promoter => (
            "How would you feel about sharing your experience in a reference or a talk?".into(),
            "ご経験を事例や講演でご紹介いただくとしたら、どのような形がよろしいでしょうか。".into(),
        ),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}
