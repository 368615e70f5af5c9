//! Dates as people type them and as tables write them: many expressions, each with its exact value
//! on a fixed day, and texts that must not be taken for dates.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use kenshin::testing::domain::when::{Habits, Now, YearStart, Zone};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::services::dates::{
    self, Order, Today, day, duration, instant, is_no_day, moment, read, read_moment, read_past,
};
use kenshin::testing::words::Lang;

/// A Tuesday.
fn today() -> NaiveDate {
    date("2026-11-24")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("an ISO day")
}

fn tokyo() -> Zone {
    Zone::Named(chrono_tz::Asia::Tokyo)
}

/// Ten in the morning of that Tuesday, in Tokyo.
fn now() -> Now {
    Now::new(
        Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap(),
        tokyo(),
    )
}

/// Checks lines of a day and the expressions that mean it; returns how many there were.
fn check(table: &str, read: impl Fn(&str) -> Option<NaiveDate>) -> usize {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (want, texts) = line.split_once(": ").expect("a day and expressions");
        for text in texts.split(" | ").map(str::trim) {
            count += 1;
            let found = read(text);
            if found != Some(date(want)) {
                wrong.push(format!("{text}: {found:?}, not {want}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    count
}

const ENGLISH: &str = "
    2026-11-24: today | tod | Tonight | eod | cob | end of day | End of the day | this morning | by today | 11/24 | Nov 24 | this tue | tuesday this week
    2026-11-25: tomorrow | tmr | tom | tmrw | Tomorrow | wed | Wednesday | weds | on wed | by wednesday | +1 | +1d | in 1 day | in a day | next business day | next working day | tomorrow morning | 11/25 | 25 Nov | the 25th | 25th | +1b | one day from now | this wed
    2026-11-26: thu | thur | thurs | thursday | day after tomorrow | the day after tomorrow | +2d | in 2 days | in two days | 2 days from now | thursday this week | +2bd
    2026-11-27: fri | friday | Fri. | FRI | by fri | due friday | until fri | this fri | coming friday | eow | end of week | end of the week | this week | +3d | ＋３ｄ | +3 | +3b | in 3 days | 3 days from today | 11/27 | 27 Nov | Nov 27 | Nov 27th | fri eod | last fri of november | Friday, Nov 27 | Nov 27 (Fri) | fri 27 nov | 3 business days from now | in three working days | no later than fri
    2026-11-28: sat | saturday | 11/28 | 2026-11-28 | 2026/11/28 | 20261128 | 11/28/2026 | 11/28/26 | 28 Nov 2026 | 28-Nov-2026 | 28-Nov-26 | Nov 28, 2026 | November 28th, 2026 | 28th of November | 2026 Nov 28 | Sat, 28 Nov 2026 | 28.11.2026 | 28.11.26 | 28/11/2026 | +4d | 2026-11-28T10:00:00Z
    2026-11-29: sun | sunday
    2026-11-30: mon | monday | eom | end of month | end of the month | month end | month-end | end of november | end of nov | this month | next mon | next monday | start of next week | next week | monday next week | last day of the month | last business day | last business day of the month | 11/30 | 30th | +4b
    2026-12-01: tue | tuesday | next tue | tue next week | 12/1 | 1 Dec | Dec 1 | Dec. 1 | December 1st | 1st of December | first of next month | next month | start of next month | beginning of december | in a week | in 1 week | in one week | a week from today | week from today | 1 week from now | +7d | +1w | the 1st | 12/1 (Tue) | 2026-12-01 | 2026-12-1 | 12-1 | Tue 12/1 | tue, dec 1 | one week later | 2026–12–01
    2026-12-02: next wed | wed next week | a week from tomorrow | first wed of december
    2026-12-04: next fri | next-fri | next friday | fri next week | friday of next week | end of next week | next week fri | a week from friday | 1st fri of december
    2026-12-08: in 2 weeks | in two weeks | +2w | 2 weeks from now | in a fortnight | two weeks' time | in 14 days | +14d | second tue of december | 2nd Tuesday of Dec | 2nd tue of next month
    2026-12-15: in 3 weeks | 15 dec | mid december | mid-dec | mid dec | middle of december | 15th of next month | 15th of december | the 15th | third tue of december
    2026-12-24: in a month | in 1 month | +1m | one month from now | 12/24
    2026-12-25: last fri of december | last friday of next month | Dec 25
    2026-12-31: 12/31 | 12/31/2026 | Dec 31 | 31 Dec 2026 | 31 dec | eoy | eoq | end of quarter | end of the quarter | quarter end | quarter-end | this quarter | end of year | year end | year-end | end of the year | end of december | end of dec | end of next month | end of 2026 | end of Q3 | 31st | December 31, 2026 | 31-12-2026 | 12-31-2026 | this year | end of december 2026 | 31 December '26 | Thu 31 Dec
    2027-01-01: next year | start of next quarter | next quarter | start of next year | 1/1 | Jan 1
    2027-01-05: 1/5 | Jan 5 | 5 January | 1/5/2027 | 1/5/27
    2027-02-24: in 3 months | +3m | in a quarter
    2027-03-31: end of fiscal year | eofy | fye | end of next quarter | end of h2 | end of q4 | end of FY | end of march | end of half | 3/31 | fiscal year end | 31/03/2027 | 27/03/31
    2027-04-01: start of next fiscal year | 4/1
    2027-09-30: end of h1
    2027-11-24: in a year | in 1 year | +1y
    2028-02-29: 2/29 | Feb 29 | 29 Feb
    2026-11-23: yesterday | yday | last monday | last mon | -1d | 1 day ago | a day ago | monday this week
    2026-11-22: day before yesterday | 2 days ago
    2026-11-20: last fri | last friday | fri last week
    2026-11-16: last week
    2026-11-10: 2 weeks ago
";

const JAPANESE: &str = "
    2026-11-24: 今日 | 本日 | きょう | 今日中 | 本日中 | 今日まで | 今日中に | 即日 | 11/24(火) | 11月24日 | 11月24日(火) | 今週火曜 | 今夜
    2026-11-25: 明日 | あした | あす | 明日まで | 明日中 | 明日中に | 翌日 | 明朝 | 水 | 水曜 | 水曜日 | 水曜まで | 次の水曜 | 1日後 | 一日後 | 翌営業日 | 1営業日後 | 25日 | 11/25 | １１／２５
    2026-11-26: 明後日 | あさって | 明後日まで | 明後日の15時 | 木曜 | 2日後 | 二日後 | ２日後 | 木曜日までに | 2営業日後
    2026-11-27: 金 | 金曜 | 金曜日 | 金曜まで | 金曜日まで | 金曜までに | 今週 | 今週中 | 今週中に | 今週末 | 週末 | 今週金 | 今週の金曜日 | 今度の金曜 | 3日後 | 三日後 | 3営業日後 | ３営業日後 | 3営業日以内 | 3日以内 | しあさって | 明々後日 | 今週いっぱい | 11月27日(金) | 11/27(金) | 11/27（金） | 27日 | 27日(金) | 最終金曜 | 今月最終金曜 | 週内 | +3日 | 金曜17時まで
    2026-11-28: 11月28日 | 2026年11月28日 | 2026年11月28日(土) | 令和8年11月28日 | 令和８年１１月２８日 | R8.11.28 | Ｒ８．１１．２８ | R8/11/28 | ㋿8年11月28日 | 2026/11/28 | 2026-11-28 | ２０２６／１１／２８ | ２０２６年１１月２８日 | 26年11月28日 | 土曜 | 28日 | 十一月二十八日 | 二〇二六年十一月二十八日 | 令和八年十一月二十八日 | 令和8年11月28日（土） | 4日後
    2026-11-30: 月末 | 今月末 | 今月中 | 今月中に | 今月いっぱい | 月内 | 11月末 | 11月末日 | 11月中 | 月末まで | 今月末まで | 来週 | 来週月曜 | 来週の月曜日 | 週明け | 来週初め | 来週頭 | 来週早々 | 月曜 | 30日 | 11月30日まで | 今月下旬 | 11月下旬 | 最終営業日 | 今月最終営業日 | 週初め | 4営業日後
    2026-12-01: 12/1(火) | 12月1日(火) | 12月1日まで | 12/1（火） | 12/1 | 12月1日 | １２月１日 | １２／１（火） | 来週火 | 来週火曜 | 来週の火曜日 | 一週間後 | 1週間後 | 7日後 | 来月 | 来月1日 | 来月初め | 来月頭 | 月初 | 令和8年12月1日 | R8.12.1 | 火曜 | 次の火曜 | 12月初め | 12月1日必着 | 12月1日締切 | 12月第1火曜 | 来月初日 | 火曜 12/1 | 十二月一日 | +1週 | 12月1日 10時
    2026-12-04: 来週金 | 来週金曜 | 来週の金曜日 | 来週中 | 来週中に | 来週末 | 来週いっぱい | 来週金曜まで | 12月4日(金) | 来週まで
    2026-12-05: 来月5日 | 来月の5日 | 5日 | 12月5日 | 来月５日(土)
    2026-12-07: 再来週 | 再来週月曜 | 再来週の月曜
    2026-12-08: 二週間後 | 2週間後 | 2週間以内 | 第2火曜 | 12月第2火曜 | 来月第2火曜 | 来月の第二火曜日 | 14日後
    2026-12-10: 12月上旬 | 来月上旬 | 12月10日
    2026-12-15: 12月半ば | 来月15日 | 来月中頃
    2026-12-20: 12月中旬 | 来月中旬
    2026-12-24: 1か月後 | 1ヶ月後 | 一か月後 | １カ月後 | 1ヵ月後 | 1箇月後 | 1か月以内
    2026-12-31: 年内 | 年末 | 今年中 | 年内に | 年末まで | 大晦日 | 12月末 | 12月末日 | 12月末まで | 来月末 | 12月中 | 12月中に | 12月いっぱい | 12月まで | 来月中 | 来月いっぱい | 四半期末 | 今四半期末 | 第3四半期末 | 3Q末 | Q3末 | 12/31 | 12月31日 | 12月下旬 | 31日 | 今年末 | 2026年末
    2027-01-01: 年明け | 元日 | 来年初め | 1月1日 | 年始
    2027-01-05: 1/5 | 1月5日 | 2027年1月5日 | 令和9年1月5日
    2027-03-31: 年度末 | 今年度末 | 今年度中 | 期末 | 今期末 | 下期末 | 年度内 | 3月末 | 3月末日 | 2027年3月末 | 来年3月末 | 令和9年3月31日 | 令9.3.31 | 令9年3月31日 | R9.3.31 | 2026年度末 | 令和8年度末 | 第4四半期末 | 2026年度下期末 | 来四半期末 | 半期末 | 3月31日(水) | 下半期末 | 27/03/31 | ㋿9年3月31日
    2027-05-24: 半年後 | 6か月後
    2027-09-30: 上期末 | 上半期末 | 来期上期末 | 来年度上期末
    2028-03-31: 来年度末 | 来期末 | 2027年度末
    2026-09-30: 2026年度上期末
    2027-11-24: 1年後 | 一年後
    2026-11-23: 昨日 | きのう | 1日前
    2026-11-22: 一昨日 | おととい
    2026-11-17: 1週間前 | 先週火曜 | 先週の火曜日
    2026-11-20: 先週金曜
    2026-10-05: 先月5日
";

#[test]
fn typed_days_in_both_languages() {
    for (table, least) in [(ENGLISH, 150), (JAPANESE, 150)] {
        let count = check(table, |text| read(text, today()));
        assert!(count >= least, "{count} expressions");
    }
}

#[test]
fn texts_that_are_no_dates() {
    let texts = [
        "",
        "...",
        "soon",
        "someday",
        "later",
        "may",
        "May",
        "march",
        "we may talk",
        "may be",
        "sunny",
        "monitor",
        "fri sat",
        "first",
        "second",
        "last",
        "next",
        "end",
        "the end",
        "month",
        "year",
        "in love",
        "in 2 cups",
        "3 days",
        "2 weeks",
        "monthly",
        "1.2.3",
        "v1.2.3",
        "2.10.15",
        "10.0.0.1",
        "10.1.22",
        "12.50",
        "9.99",
        "1,200",
        "$12",
        "¥1,200",
        "50%",
        "24/7",
        "A/B",
        "and/or",
        "13/45",
        "13/40",
        "0/5",
        "12/0",
        "2/30",
        "Feb 30",
        "30 feb",
        "2026-13-01",
        "2026-02-30",
        "2026",
        "2026-12",
        "Dec 2026",
        "12",
        "5",
        "100",
        "15:00",
        "3pm",
        "10-16:00",
        "12/31/99999",
        "1/2/3/4",
        "1/2/3",
        "+9999d",
        "-3日後",
        "-1111111111111111111日後",
        "Q3",
        "262142年12月31日",
        "9999-12-31",
        "Wed 12/1",
        "12/1(水)",
        "12月1日(水)",
        "2月30日",
        "12月",
        "8月",
        "今年",
        "第6火曜",
        "何日",
        "毎日",
        "毎月第2火曜",
        "近日中",
        "後日",
        "未定",
        "なるはや",
        "1日1回",
        "3日間",
        "10分",
        "2h",
        "三日坊主",
        "午後",
        "月次",
        "金額",
        "日報",
        "水道",
        "今月号",
        "年度",
        "四半期",
        "お客様",
        "12月商戦",
    ];
    assert!(texts.len() >= 40);
    let taken: Vec<&str> = texts
        .into_iter()
        .filter(|t| read(t, today()).or(read_past(t, today())).is_some())
        .collect();
    assert!(taken.is_empty(), "{taken:?}");
}

#[test]
fn past_days_lie_behind() {
    let table = "
        2026-11-20: 11/20 | 11月20日 | fri | 金曜 | 20日 | Nov 20 | 20 nov | 11/20/2026
        2026-11-24: 11/24 | tue | 火曜 | today | 24日
        2025-12-25: 12/25 | Dec 25 | 12月25日
        2026-10-25: 25日 | the 25th
        2026-10-31: 10月末 | end of october | 31日
        2026-11-23: 今週月曜 | 昨日 | yesterday
        2024-02-29: 2/29
        2027-01-05: 2027-01-05
    ";
    check(table, |text| read_past(text, today()));
}

#[test]
fn the_users_place_decides_the_order_and_the_fiscal_year() {
    let of = |day_first, year_starts| Today {
        day: today(),
        habits: Habits {
            day_first,
            year_starts: YearStart::of_month(year_starts),
        },
    };
    let table = "
        2027-12-01: 1/12/2027 | 01-12-2027
        2026-12-01: 1/12 | 1.12 | 1.12. | 01.12.26
        2026-12-31: 31/12 | 31.12. | 12/31/2026
        2027-10-09: 9/10/27
    ";
    check(table, |text| read(text, of(true, 4)));
    let table = "
        2027-01-31: end of quarter | 四半期末 | 年度末 | 期末 | eofy | Q4末 | 下期末
        2027-04-30: end of q1 | 第1四半期末
        2027-02-01: start of next fiscal year | 来年度初め
        2027-07-31: 上期末
    ";
    check(table, |text| read(text, of(false, 2)));
}

#[test]
fn moments_to_come() {
    let at = |d: &str, h: i64, m: i64| -> DateTime<Utc> {
        let local = date(d).and_hms_opt(0, 0, 0).expect("midnight");
        tokyo().instant(local + Duration::minutes(h * 60 + m))
    };
    let table: &[(&str, i64, i64, &[&str])] = &[
        (
            "2026-11-24",
            15,
            0,
            &[
                "3pm",
                "15:00",
                "3:00 PM",
                "１５：００",
                "15時",
                "午後3時",
                "today 3pm",
                "今日15時",
                "今日の午後3時",
                "at 3pm",
            ],
        ),
        (
            "2026-11-24",
            14,
            30,
            &["14時半", "午後2時半", "14:30", "2:30pm", "午後２時３０分"],
        ),
        (
            "2026-11-24",
            12,
            0,
            &["in 2 hours", "2時間後", "noon", "正午", "2 hours from now"],
        ),
        (
            "2026-11-24",
            10,
            30,
            &["30分後", "in 30 min", "in 30 minutes"],
        ),
        ("2026-11-25", 0, 0, &["24:00", "today 24:00"]),
        (
            "2026-11-25",
            9,
            0,
            &[
                "明日の朝9時",
                "tomorrow 9:00",
                "明日 9:00",
                "9am tomorrow",
                "明日午前9時",
                "tomorrow at 9 am",
            ],
        ),
        (
            "2026-11-26",
            15,
            0,
            &["明後日の15時", "あさって15:00", "thu 3pm"],
        ),
        (
            "2026-11-27",
            15,
            0,
            &[
                "fri 3pm",
                "fri at 3pm",
                "3pm fri",
                "3pm on friday",
                "金曜15時",
                "金曜の午後3時",
                "3営業日後の15時",
                "15時 金曜",
            ],
        ),
        ("2026-11-27", 12, 0, &["金曜正午", "fri noon"]),
        (
            "2026-12-01",
            10,
            0,
            &[
                "12/1(火) 10:00",
                "12月1日(火)10時",
                "12月1日(火)10時から",
                "tue 10:00",
                "来週火曜10時",
                "12/1 10:00〜",
            ],
        ),
        (
            "2026-12-08",
            14,
            30,
            &[
                "12/8 14:30",
                "12月8日14時半",
                "12月8日 14時30分",
                "2026-12-08T14:30",
                "2026-12-08 14:30 JST",
                "2026-12-08T05:30:00Z",
                "dec 8 at 2:30pm",
                "December 8, 2026 2:30 PM",
                "令和8年12月8日 午後2時半",
            ],
        ),
    ];
    for (d, h, m, texts) in table {
        for text in *texts {
            assert_eq!(moment(text, now()), Some(at(d, *h, *m)), "{text}");
        }
    }
    for text in [
        "soon", "tomorrow", "12/8", "25:00", "10:60", "fri 3", "", "明日", "2日後",
    ] {
        assert_eq!(moment(text, now()), None, "{text}");
    }
    for (text, want) in [
        ("昨日 15:00", at("2026-11-23", 15, 0)),
        ("yesterday", at("2026-11-23", 12, 0)),
        ("11/20 9:00", at("2026-11-20", 9, 0)),
        ("fri 9:00", at("2026-11-20", 9, 0)),
        ("9:00", at("2026-11-24", 9, 0)),
        ("2 hours ago", at("2026-11-24", 8, 0)),
        ("30分前", at("2026-11-24", 9, 30)),
    ] {
        assert_eq!(read_moment(text, now()), Some(want), "{text}");
    }
}

#[test]
fn cells_as_systems_write_them() {
    let table = "
        2027-03-31: 2027-03-31 | 2027/3/31 | 2027/3/31(水) | 2027/03/31（水） | 2027-03-31 Wed | 2027-03-31 (Wed) | 2027/3/31 水曜日 | 令和9年3月31日 | 令和9年3月31日(水) | 令和9年3月31日（水） | ㋿9年3月31日 | R9.3.31 | 令9.3.31 | 令9/3/31 | R9/3/31 | Ｒ９．３．３１ | 2027年3月31日 | 2027年3月末 | 2027年3月31日（水） | 2027/3/31 午後3:00 | 2027/3/31 15:00 | 20270331 | Mar 31, 2027 | 31 March 2027 | 31-Mar-2027 | 31-Mar-27 | Wed, 31 Mar 2027 10:00:00 +0900 | Wed Mar 31 2027 10:00:00 GMT+0900 (JST) | Wed Mar 31 10:00:00 2027 | Wed Mar 31 10:00:00 JST 2027 | 31/Mar/2027:10:00:00 +0900 | 31.03.2027 | 31/03/2027 | 31-03-2027 10:00 | 2027-03-31T10:00:00+09:00 | 2027-03-30T16:00:00Z | 2027-03-30 24:00 | 2027-03-31 23:59:59.999
        2019-04-30: H31.4.30 | 平成31年4月30日 | h31/4/30
        2019-05-01: 令和元年5月1日 | R1.5.1
        2018-11-02: 1541105830796 | 1541105830
    ";
    check(table, |cell| day(cell, Some(Order::Dmy), tokyo()));
    let table = "
        2027-03-31: 27/03/31 | 27-3-31 | 27.03.31 | 27/03/31(水)
    ";
    check(table, |cell| day(cell, Some(Order::Ymd), tokyo()));
    for cell in [
        "27/03/31",
        "never",
        "2027-13-01",
        "2027/3/31(木)",
        "1969-12-31",
        "2101-01-01",
        "9999-12-31",
        "0000-00-00",
        "1:35:00",
        "95",
        "2h 5m",
        "2027-03-31 10",
        "2027-03-31 25:00",
        "12/31",
        "fri",
        "tomorrow",
        "2027-03-31 10:00 CST",
        "27年3月31日",
        "1.2.3",
        "46357",
        "99999999999999",
    ] {
        assert_eq!(day(cell, None, tokyo()), None, "{cell}");
    }
}

#[test]
fn cells_as_moments() {
    let utc = |d: &str, h: i64, m: i64| -> DateTime<Utc> {
        (date(d).and_hms_opt(0, 0, 0).expect("midnight") + Duration::minutes(h * 60 + m)).and_utc()
    };
    for (cell, want) in [
        ("2026-11-20 10:00:00 JST", utc("2026-11-20", 1, 0)),
        ("2026-11-20 10:00:00 UTC", utc("2026-11-20", 10, 0)),
        ("2026-11-20 10:00:00 GMT", utc("2026-11-20", 10, 0)),
        ("2026-11-20 10:00:00 EST", utc("2026-11-20", 15, 0)),
        ("2026-11-20 10:00 PDT", utc("2026-11-20", 17, 0)),
        ("2026-11-20T10:00:00+0900", utc("2026-11-20", 1, 0)),
        ("2026-11-20 10:00:00 Asia/Tokyo", utc("2026-11-20", 1, 0)),
        (
            "2026-11-20 10:00:00 America/New_York",
            utc("2026-11-20", 15, 0),
        ),
        ("28/11/2026, 10:00:00", utc("2026-11-28", 1, 0)),
        ("Nov 28, 2026, 10:05 AM", utc("2026-11-28", 1, 5)),
        ("2026-11-20 24:00", utc("2026-11-20", 15, 0)),
        ("2026-11-20 午後3:00", utc("2026-11-20", 6, 0)),
        ("2026-11-20 午前10時", utc("2026-11-20", 1, 0)),
        ("2026/11/20 10時30分,", utc("2026-11-20", 1, 30)),
        ("2026年11月20日10時30分", utc("2026-11-20", 1, 30)),
        ("20/Nov/2026 10:00", utc("2026-11-20", 1, 0)),
        (
            "Fri Nov 20 2026 10:00:00 GMT+0900 (JST)",
            utc("2026-11-20", 1, 0),
        ),
        (
            "2026-11-20T10:00:00.123Z",
            utc("2026-11-20", 10, 0) + Duration::milliseconds(123),
        ),
        ("2026-11-20 3:05 PM", utc("2026-11-20", 6, 5)),
        ("11/20/2026 3:05 PM", utc("2026-11-20", 6, 5)),
    ] {
        let order = if cell.starts_with("28/") {
            Order::Dmy
        } else {
            Order::Mdy
        };
        assert_eq!(instant(cell, Some(order), tokyo()), Some(want), "{cell}");
    }
    for cell in [
        "9999-12-31",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "31/12/9999",
        "0001-01-01",
    ] {
        assert!(is_no_day(cell), "{cell}");
    }
    for cell in ["2026-12-31", "N/A", "", "1999", "0"] {
        assert!(!is_no_day(cell), "{cell}");
    }
    assert_eq!(duration("1:35:00"), Some(Duration::minutes(95)));
}

#[test]
fn the_words_of_a_date_in_a_line() {
    for (line, want) in [
        ("fri call them", 1),
        ("next fri call", 2),
        ("31 dec 2026 send", 3),
        ("dec 31 send it", 2),
        ("in 2 weeks we meet", 3),
        ("end of the quarter review", 4),
        ("end of next quarter", 4),
        ("tomorrow 3pm call", 1),
        ("12月1日 10時", 1),
        ("明後日の15時 電話", 1),
        ("may send doc", 0),
        ("someday", 0),
        ("1.2.3 release", 0),
    ] {
        assert_eq!(dates::words_of(line.split(' ')), want, "{line}");
    }
}

#[test]
fn a_typed_date_is_shown_before_it_is_saved() {
    for (lang, texts, refused) in [
        (
            Lang::En,
            [("next fri", "→ Fri 27 Nov"), ("in 2 weeks", "→ Sun 6 Dec")],
            "Not a date",
        ),
        (
            Lang::Ja,
            [
                ("来月５日", "→ 12月5日(土)"),
                ("金曜まで", "→ 11月27日(金)"),
            ],
            "日付として読み取れません",
        ),
    ] {
        let mut desk = Desk::demo(lang, 6).expect("the desk opens");
        desk.keys("4D");
        for (typed, shown) in texts {
            desk.keys("<C-u>").keys(typed);
            assert!(desk.sees(shown), "{typed}: {}", desk.screen());
        }
        desk.keys("<C-u>someday<ret>");
        assert!(desk.sees(refused), "{}", desk.screen());
    }
}
