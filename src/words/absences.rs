//! The words of absences and imported calendars.

use super::words;

words! {
    shut_absence: "you are away", "不在";
    absence_title: "Absence", "不在";
    field_from: "From", "開始日";
    field_until: "Last day", "最終日";
    field_cover: "Covered by", "代理の担当者";
    field_cover_hint: "a colleague's name; empty moves touchpoints around it", "同僚の名前。空欄なら前後の日に移動";
    absence_said(from, until): "Away {from} to {until}. Press s to spread touchpoints that no longer fit.", "{from}〜{until}は不在です。収まらない分は s で平準化できます";
    absences: "Absences and calendars", "不在とカレンダー";
}
