//! The words around every screen: saving, palette, help, prompts.

use super::words;

words! {
    desk_title: "Kenshin", "健診";
    portfolio: "Portfolio", "ポートフォリオ";
    checkins: "Check-ins", "チェックイン";
    actions: "Actions", "アクション";
    brief: "Brief", "事前準備";
    saved(what): "Saved: {what}", "保存しました: {what}";
    saving: "saving…", "保存中…";
    saved_at(at): "saved {at}", "保存 {at}";
    not_saved: "Not saved", "保存できませんでした";
    undone(what): "Undone: {what} (Ctrl-R redoes it)", "元に戻しました: {what}（Ctrl-R でやり直し）";
    redone(what): "Redone: {what}", "やり直しました: {what}";
    copied(bytes, path): "Copied ({bytes} byte{bytes:#}); also in {path}", "コピーしました（{bytes} バイト、{path} にも保存）";
    mended: "Repairs", "修復した内容";
    before_start: "Before you start", "はじめに確認してください";
    palette: "Commands", "コマンド";
    form_leaving: "Esc again discards the changes · Ctrl-S saves them", "もう一度 Esc で変更を破棄 · Ctrl-S で保存";
    form_keys: "Tab next · ←→ choose · Ctrl-S save · Esc cancel", "Tab 次へ · ←→ 選択 · Ctrl-S 保存 · Esc キャンセル";
    pick_keys: "type to filter · ↑↓ move · Enter select · Esc close", "入力で絞り込み · ↑↓ 移動 · Enter 決定 · Esc 閉じる";
    prompt_keys: "Enter OK · Esc cancel", "Enter 決定 · Esc キャンセル";
    notice_keys: "Enter or Esc closes", "Enter か Esc で閉じる";
    help_keys: "j/k scroll · any other key closes", "j/k スクロール · ほかのキーで閉じる";
    too_small: "The window is too small", "ウィンドウが小さすぎます";
    help_title: "Help", "ヘルプ";
    deleted(what): "Deleted “{what}” (u undoes it)", "「{what}」を削除しました（u で元に戻せます）";
    filter_typing_keys: "Enter apply · ↑↓ move · Esc clear", "Enter 適用 · ↑↓ 移動 · Esc 解除";
    kept_as_draft: "Not saved: your text is in the drafts", "保存できませんでした。入力した内容は下書きにあります";
    unsaved_prompt: "Esc again discards this", "もう一度 Esc で破棄";
    delete_ask(what): "Delete “{what}”?", "「{what}」を削除しますか";
    delete_keys: "y delete (u undoes it) · Esc cancel", "y 削除（u で元に戻せます） · Esc キャンセル";
    nothing_to_delete: "Nothing to delete here", "ここで削除できる項目はありません";
    written_to(path): "Wrote {path}", "書き出しました: {path}";
    autosave_failed: "Cannot write the draft to disk: it stays in memory and is retried", "下書きをディスクに保存できません。メモリに保持し、再試行します";
    quit_loses: "A draft is not on disk yet: free some space, or Ctrl-Q again discards it", "ディスクに保存されていない下書きがあります。空きを作るか、もう一度 Ctrl-Q で破棄して終了します";
    no_shell: "There is no shell to go back to: Kenshin was not started from one", "戻るシェルがありません。健診がシェルから起動されていないためです";
    today_word: "Today", "今日";
    insights: "Insights", "効果測定";
}
