//! The words of the figures in a brief.

use super::words;

words! {
    opened(count): "{count} in 30 days", "30日間で{count}件";
    opened_usual(count, usual): "{count} in 30 days (usually {usual})", "30日間で{count}件（通常{usual}件）";
    hours(now): "resolved in {now} h", "解決まで{now}時間";
    hours_before(now, before): "resolved in {now} h (before: {before} h)", "解決まで{now}時間（以前{before}時間）";
    open(count, old): "{count} open, {old} over 48 h", "未解決{count}件（48時間超{old}件）";
    escalated(count): "{count} escalated", "エスカレーション{count}件";
    strong(count): "{count} with negative language", "強い不満{count}件";
    sign_ins(metric, way, percent): "{metric} {way} ({percent}%)", "{metric} {way}（{percent}%）";
    depth(now): "{now} uses per active user", "1人あたり利用{now}回";
    depth_before(now, before): "{now} uses per active user (before: {before})", "1人あたり利用{now}回（以前{before}回）";
    workflow(name, now): "{name}: {now}% completed", "{name}: 完了率{now}%";
    workflow_before(name, now, before): "{name}: {now}% completed (before: {before}%)", "{name}: 完了率{now}%（以前{before}%）";
    link_alive(name): "{name} connected", "{name} 連携中";
    link_silent(name, days): "▲ {name} silent for {days} day{days:#}", "▲ {name} {days}日間停止";
    touch(kind, count): "{kind}: {count}", "{kind} {count}件";
    touch_missed(kind, count, missed): "{kind}: {count} ({missed} declined or unopened)", "{kind} {count}件（うち辞退・未開封{missed}件）";
}
