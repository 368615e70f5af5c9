//! The words around every screen: saving, palette, help, prompts.

use super::words;

words! {
    desk_title: "Kenshin", "健診";
    portfolio: "Portfolio", "ポートフォリオ";
    checkins: "Check-ins", "チェックイン";
    actions: "Actions", "アクション";
    brief: "Brief", "事前準備";
    saved(words): "Saved: {words}", "保存しました: {words}";
    saving: "saving…", "保存中…";
    saved_at(at): "saved {at}", "保存 {at}";
    not_saved: "Not saved", "保存できませんでした";
    undone(words): "Taken back: {words} (Ctrl-R does it again)", "取り消しました: {words}（Ctrl-R でやり直し）";
    redone(words): "Done again: {words}", "やり直しました: {words}";
    copied(bytes, path): "Copied ({bytes} byte{bytes:#}); also in {path}", "コピーしました（{bytes} バイト、{path} にも保存）";
    mended: "What had to be mended", "修復したもの";
    palette: "Commands", "コマンド";
    form_leaving: "Esc again throws the changes away · Ctrl-S keeps them", "もう一度 Esc で変更を破棄 · Ctrl-S で保存";
    form_keys: "Tab next · ←→ choose · Ctrl-S save · Esc leave", "Tab 次へ · ←→ 選択 · Ctrl-S 保存 · Esc 戻る";
    pick_keys: "type to narrow · ↑↓ choose · Enter take · Esc leave", "入力で絞り込み · ↑↓ 選択 · Enter 決定 · Esc 戻る";
    prompt_keys: "Enter keep · Esc leave", "Enter 決定 · Esc 戻る";
    notice_keys: "Enter or Esc closes", "Enter か Esc で閉じる";
    help_keys: "j/k scroll · any other key closes", "j/k スクロール · ほかのキーで閉じる";
    too_small: "The window is too small", "ウィンドウが小さすぎます";
    nearest: "nearest", "近いもの";
    help_title: "Help", "ヘルプ";
    deleted(what): "“{what}” deleted; u brings it back", "「{what}」を削除しました（u で元に戻す）";
    filter_typing_keys: "Enter keep the filter · ↑↓ move · Esc clear", "Enter 確定 · ↑↓ 移動 · Esc 解除";
    kept_as_draft: "Not saved: what you typed is kept as a draft", "保存できませんでした。入力した内容は下書きに残してあります";
    unsaved_prompt: "Esc again throws this away", "もう一度 Esc で破棄します";
    delete_ask(what): "Delete “{what}”?", "「{what}」を削除しますか";
    delete_keys: "y delete (u brings it back) · Esc keep", "y 削除（u で戻せます） · Esc やめる";
    nothing_to_delete: "There is nothing to delete here", "ここで削除できるものはありません";
    written_to(path): "Written: {path}", "書き出しました: {path}";
    autosave_failed: "The disk does not take the draft: it is kept in memory and tried again", "下書きをディスクに書けません。メモリに保ち、再試行します";
    quit_loses: "A draft is not on disk yet: free some room, or Ctrl-Q again to leave without it", "まだディスクにない下書きがあります。空きを作るか、Ctrl-Q をもう一度で破棄して終了します";
    today_word: "Today", "今日";
    insights: "Insights", "効果測定";
}
