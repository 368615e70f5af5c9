//! The words of absences and of calendars taken in.

use super::words;

words! {
    shut_absence: "you are away", "不在";
    absence_title: "You are away", "不在";
    field_from: "From", "開始";
    field_until: "Last day", "最終日";
    field_cover: "Who stands in", "代わりの担当";
    field_cover_hint: "a colleague's name; empty: touches move around it", "同僚の名前。空欄なら前後に移動";
    absence_said(today, today_2): "Away from {today} to {today_2}. s spreads what no longer fits.", "{today}〜{today_2}は不在。s で平準化できます";
    absences: "Absences and calendars", "不在とカレンダー";
}
