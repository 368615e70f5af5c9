//! The words of the back-test.

use super::words;

words! {
    signal(numbers, numbers_2, numbers_3, numbers_4): "The score tells something: AUC {numbers} (95% {numbers_2}–{numbers_3}), p {numbers_4}", "スコアは結果を言い当てています: AUC {numbers}（95% {numbers_2}–{numbers_3}）、p {numbers_4}";
    nothing(numbers, numbers_2, numbers_3, numbers_4): "No signal: AUC {numbers} (95% {numbers_2}–{numbers_3}), p {numbers_4}", "関連は見られません: AUC {numbers}（95% {numbers_2}–{numbers_3}）、p {numbers_4}";
    little(what, positives, least): "Too little data: {what} accounts with an ending and a score, {positives} of them left or shrank (at least {least} of either are needed)", "データ不足: 結果とスコアのあるアカウント {what}件、うち離脱・縮小 {positives}件（それぞれ{least}件以上必要）";
    cases(what, positives, lead_days): "{what} accounts with an ending and a score, {positives} left or shrank · scored {lead_days} day{lead_days:#} before it", "結果とスコアのあるアカウント {what}件、うち離脱・縮小 {positives}件 · 結果の{lead_days}日前で採点";
    snapshot(what, positives): "{what} accounts with an ending and a score, {positives} left or shrank · endings have no dates: scored as they are now", "結果とスコアのあるアカウント {what}件、うち離脱・縮小 {positives}件 · 結果に日付がないため現在の姿で採点";
    left(unscored, unlabelled): "not looked at: {unscored} without a score then, {unlabelled} without an ending", "対象外: 当時のスコアなし {unscored}件、結果なし {unlabelled}件";
    matched(matched): "{matched} accounts that stayed were dated like those that left", "継続した{matched}件は、離脱したアカウントと同じ日付の分布で採点";
    deciles: "By tenths, worst scores first: share that left, and lift", "10分位（スコアの悪い順）: 離脱率とリフト";
    decile(decile, value, positives, rate, lift, mean_score): "{decile}  n {value}  left {positives}  {rate}%  ×{lift}  mean score {mean_score}", "{decile}  n {value}  離脱 {positives}  {rate}%  ×{lift}  平均スコア {mean_score}";
    tiers: "By tier", "ティア別";
    ages: "By age of the newest data", "最新データの古さ別";
    group(name, value, positives, auc): "{name}  n {value}  left {positives}  AUC {auc}", "{name}  n {value}  離脱 {positives}  AUC {auc}";
    calibration: "What became of each score", "スコアごとの実際の結果";
    bin(from, to, other, rate, low, high): "{from}–{to}  n {other}  left {rate}%  ({low}–{high}%)", "{from}–{to}  n {other}  離脱 {rate}%（{low}–{high}%）";
    missed(count): "Left with a green score: {count}", "健全のまま離脱: {count}件";
    more(missed): "… and {missed} more", "… ほか{missed}件";
    fit(method, held_back): "Fitted from history ({method}, {held_back} accounts held back)", "過去からの推定（{method}、{held_back}件を取り分け）";
    fit_none: "Too few endings to fit weights.", "重みを推定するには結果が少なすぎます。";
    model(model_auc): "regression over all inputs: AUC {model_auc}", "すべての入力による回帰: AUC {model_auc}";
    sd(what): " ± {what}", " ± {what}";
    old_new(old_auc, new_auc): "score as it is: AUC {old_auc} · with fitted weights: AUC {new_auc}", "今のスコア: AUC {old_auc} · 推定した重み: AUC {new_auc}";
    weights(list_comma): "fitted weights: {list_comma}", "推定した重み: {list_comma}";
    better: "The fitted weights do better on accounts they have not seen. --accept writes them to health.toml.", "推定した重みは、見ていないアカウントでより良く当たります。--accept で health.toml に書きます。";
    worse: "The fitted weights do no better: keep what you have.", "推定した重みは今より良くありません: 今のままで。";
    inputs(list_comma): "What weighs most (log odds of leaving, a standard deviation more): {list_comma}", "影響の大きいもの（1標準偏差あたりの離脱の対数オッズ）: {list_comma}";
    left_out(list_comma): "left out: {list_comma}", "除いたもの: {list_comma}";
    accepted(path, kept): "Written: {path} (the old one is kept as {kept})", "書きました: {path}（元のファイルは {kept}）";
    refused: "Not written: the fitted weights do no better.", "書きませんでした: 推定した重みは今より良くありません。";
    progress(done, total): "{done} of {total} accounts", "{done} / {total}件";
    insights_what: "does the score foretell what happens?", "スコアは実際の結果を言い当てているか";
    insights_empty: "Enter holds the score against the outcomes that are known: who left, who shrank, who stayed. f also fits weights from them. Outcomes come in with an import.", "Enterで、分かっている結果（離脱・縮小・継続）とスコアを突き合わせます。fで重みの推定も行います。結果は取り込みで入ります。";
    cancel: "Esc cancels", "Escで中止";
    before(before_start): "{before_start} had not begun then", "当時まだ契約前: {before_start}件";
}
