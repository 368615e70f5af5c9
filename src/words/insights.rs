//! The words of the back-test.

use super::words;

words! {
    signal(auc, low, high, p): "The score predicts outcomes: AUC {auc} (95% {low}–{high}), p {p}", "スコアは結果を予測できています: AUC {auc}（95% {low}–{high}）、p {p}";
    nothing(auc, low, high, p): "No signal: AUC {auc} (95% {low}–{high}), p {p}", "関連は見られません: AUC {auc}（95% {low}–{high}）、p {p}";
    little(accounts, lost, least): "Not enough data: {accounts} accounts with an outcome and a score, {lost} churned or downgraded (each group needs at least {least})", "データ不足: 結果とスコアのあるアカウント {accounts}件、うち解約・縮小 {lost}件（それぞれ{least}件以上必要）";
    columns(auc, pairs): "No score can be made from these columns: they have no usage, talks, tickets, surveys, goals or payments. A model from the columns themselves tells churned from retained accounts it has not seen: AUC {auc} ({pairs} of 100 pairs). Fit weights to see it (--fit).", "この項目からはスコアを計算できません（利用状況・会話・チケット・アンケート・目標・支払いのデータがありません）。項目そのものによるモデルは、推定に使っていないアカウントの解約と継続を AUC {auc}（100組中{pairs}組）で見分けます。重みの推定（--fit）で内容を確認できます。";
    pairs(pairs): "Of a churned and a retained account, the churned one had the lower score in {pairs} of 100 pairs (chance: 50).", "解約と継続のアカウントを1件ずつ比べると、100組中{pairs}組で解約した側のスコアが低くなっています（偶然なら50組）。";
    stale(lost, kept): "The newest data was over a month old for {lost}% of the churned and {kept}% of the retained accounts: the score may have seen the end of a feed instead of the customer.", "最新データが1か月以上前だった割合: 解約 {lost}%、継続 {kept}%。スコアはお客様の変化ではなく、データの途切れを見ている可能性があります。";
    cases(accounts, lost, days): "{accounts} accounts with an outcome and a score, {lost} churned or downgraded · scored {days} day{days:#} before the outcome", "結果とスコアのあるアカウント {accounts}件、うち解約・縮小 {lost}件 · 結果の{days}日前の状態で採点";
    snapshot(accounts, lost): "{accounts} accounts with an outcome and a score, {lost} churned or downgraded · outcomes have no dates: scored as of today", "結果とスコアのあるアカウント {accounts}件、うち解約・縮小 {lost}件 · 結果に日付がないため現在の状態で採点";
    left(unscored, unlabelled): "excluded: {unscored} without a score at the time, {unlabelled} without an outcome", "対象外: 当時のスコアなし {unscored}件、結果なし {unlabelled}件";
    matched(accounts): "{accounts} retained accounts scored on the same spread of dates as the churned ones", "継続した{accounts}件は、解約したアカウントと同じ日付の分布で採点";
    deciles: "By decile, lowest scores first: churn rate and lift", "10分位（スコアの低い順）: 解約率とリフト";
    decile(decile, accounts, lost, rate, lift, score): "{decile}  n {accounts}  churned {lost}  {rate}%  ×{lift}  average score {score}", "{decile}  n {accounts}  解約 {lost}  {rate}%  ×{lift}  平均スコア {score}";
    tiers: "By tier", "ティア別";
    ages: "By age of the latest data", "最新データの古さ別";
    group(name, accounts, lost, auc): "{name}  n {accounts}  churned {lost}  AUC {auc}", "{name}  n {accounts}  解約 {lost}  AUC {auc}";
    calibration: "Outcomes by score", "スコア別の実際の結果";
    bin(from, to, accounts, rate, low, high): "{from}–{to}  n {accounts}  churned {rate}%  ({low}–{high}%)", "{from}–{to}  n {accounts}  解約 {rate}%（{low}–{high}%）";
    missed(count): "Churned while healthy: {count}", "健全のまま解約: {count}件";
    more(count): "… and {count} more", "… ほか{count}件";
    fit(method, held_out): "Weights fitted from history ({method}, {held_out} accounts held out)", "過去の結果から推定した重み（{method}、検証用 {held_out}件）";
    fit_none: "Too few outcomes to fit weights.", "結果が少なすぎるため、重みを推定できません。";
    model(model_auc): "regression over all inputs: AUC {model_auc}", "すべての入力による回帰: AUC {model_auc}";
    sd(deviation): " ± {deviation}", " ± {deviation}";
    old_new(current, fitted): "current score: AUC {current} · with fitted weights: AUC {fitted}", "現在のスコア: AUC {current} · 推定した重み: AUC {fitted}";
    weights(weights): "fitted weights: {weights}", "推定した重み: {weights}";
    better: "The fitted weights do better on unseen accounts. --accept writes them to health.toml.", "推定した重みは、推定に使っていないアカウントでより良い結果でした。--accept で health.toml に書き込みます。";
    worse: "The fitted weights do no better: keep the current ones.", "推定した重みの方が良いとは言えません。現在の重みをお使いください。";
    inputs(inputs): "Strongest inputs (log odds of churn per standard deviation): {inputs}", "影響の大きい入力（1標準偏差あたりの解約の対数オッズ）: {inputs}";
    left_out(inputs): "excluded inputs: {inputs}", "除外した入力: {inputs}";
    without_profile: "Without the profile: it was fitted to outcomes like these, so the test would know them.", "属性（プロフィール）は除外しています（これらの結果から推定したため）。";
    profile_alone(alone): "profile, a model from the columns alone: AUC {alone}; log odds of churn by column:", "属性モデル（項目だけによる）: AUC {alone}。項目ごとの解約の対数オッズ:";
    profile_beside(alone, without, with): "profile, a model from the columns alone: AUC {alone} · score without it: AUC {without} · with it: AUC {with}; log odds of churn by column:", "属性モデル（項目だけによる）: AUC {alone} · なしのスコア: AUC {without} · ありのスコア: AUC {with}。項目ごとの解約の対数オッズ:";
    profile_number(per, mean): "{per} for each above {mean}", "{mean} より1大きいごとに {per}";
    profile_missing(odds): "no value {odds}", "値なし {odds}";
    profile_better: "With the profile the score does better on unseen accounts. --accept makes it a dimension (in health.toml).", "属性モデルを加えると、推定に使っていないアカウントでより良い結果でした。--accept でスコアの項目に加えます（health.toml）。";
    profile_worse: "With the profile the score does no better: it is not used.", "属性モデルを加えても良くなるとは言えないため、使いません。";
    accepted(path, backup): "Wrote {path} (previous file: {backup})", "書き込みました: {path}（元のファイルは {backup}）";
    refused: "Not written: neither the fitted weights nor a profile do better.", "書き込んでいません。推定した重みも属性モデルも、良くなるとは言えません。";
    progress(done, total): "{done} of {total} accounts", "{done} / {total}件";
    insights_what: "does the score predict outcomes?", "スコアは結果を予測できているか";
    insights_empty: "Enter tests the score against known outcomes: churned, downgraded or retained. f also fits weights. Import outcomes first.", "Enter で、実際の結果（解約・縮小・継続）に対してスコアを検証します。f で重みの推定も行います。先に結果を取り込んでください。";
    cancel: "Esc cancel", "Esc 中止";
    before(accounts): "not yet customers then: {accounts}", "当時は契約前: {accounts}件";
}
