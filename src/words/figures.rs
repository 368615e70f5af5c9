//! The words of the figures in a brief.

use super::words;

words! {
    opened(opened): "{opened} in 30 days", "30日で{opened}件";
    opened_usual(opened, usual): "{opened} in 30 days, usually {usual}", "30日で{opened}件（普段{usual}件）";
    hours(now): "solved in {now} h", "解決まで{now}時間";
    hours_before(now, before): "solved in {now} h, before in {before} h", "解決まで{now}時間（以前{before}時間）";
    open(open, old): "{open} open, {old} past 48 h", "未解決{open}件（48時間超{old}件）";
    escalated(escalated): "{escalated} escalated", "エスカレーション{escalated}件";
    strong(strong): "strong words in {strong}", "強い言葉{strong}件";
    sign_ins(metric, way, percent): "{metric} {way} ({percent}%)", "{metric} {way}（{percent}%）";
    depth(now): "{now} uses per active user", "1人あたり利用{now}回";
    depth_before(now, before): "{now} uses per active user, before {before}", "1人あたり利用{now}回（以前{before}回）";
    workflow(name, now): "{name}: {now}% finished", "{name}: 完了率{now}%";
    workflow_before(name, now, before): "{name}: {now}% finished, before {before}%", "{name}: 完了率{now}%（以前{before}%）";
    link_alive(name): "{name} is connected", "{name} 連携中";
    link_silent(name, days): "▲ {name} silent for {days} days", "▲ {name} {days}日間停止";
    touch(kind, value): "{kind}: {value}", "{kind} {value}件";
    touch_missed(kind, value, missed): "{kind}: {value}, {missed} of them declined or not opened", "{kind} {value}件（うち辞退・未開封{missed}件）";
}
