//! The first hour of a new user: an empty desk, three files from three systems that nobody cleaned, a
//! file of notes, and the first call. Every key is counted.

mod common;

use common::build::day;
use kenshin::testing::domain::account::{Account, Stage};
use kenshin::testing::domain::money::{Currency, Money};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

/// A desk whose keys are counted.
struct Counted {
    desk: Desk,
    keys: usize,
}

impl Counted {
    fn new(lang: Lang) -> Self {
        let mut desk = Desk::empty(lang).expect("the desk opens");
        desk.resize(120, 40);
        Self { desk, keys: 0 }
    }

    /// Types a script, in which `<ret>` is one key.
    fn keys(&mut self, script: &str) -> &mut Self {
        self.keys += kenshin::testing::keys::Key::script(script).len();
        self.desk.keys(script);
        self
    }

    /// Writes files, drops them on the terminal and accepts the prompt: one key.
    fn import(&mut self, files: &[(&str, Vec<u8>)]) {
        let mut paths = Vec::new();
        for (name, bytes) in files {
            let path = self.desk.home.join(name);
            std::fs::write(&path, bytes).expect("the file is written");
            paths.push(path.display().to_string());
        }
        self.keys("I");
        self.desk.paste(&paths.join(" "));
        self.keys("<ret>");
    }

    /// Prints the screen where the variable asks for it, to look at.
    fn show(&mut self, what: &str) {
        if std::env::var_os("KENSHIN_SHOW").is_some() {
            println!("--- {what} · {} keys\n{}", self.keys, self.desk.screen());
        }
    }
}

impl Counted {
    fn account(&self, id: &str) -> Account {
        let row = self.desk.model.book.get(&id.into());
        row.expect("the account is there").account.clone()
    }

    /// All accounts with their amounts, tickets and usage, and a call that runs.
    fn has_its_first_call(&mut self, arr: f64, currency: Currency) {
        let rows = self.desk.model.book.rows();
        assert_eq!(rows.len(), ACCOUNTS);
        let known = rows.iter().filter_map(|r| r.account.arr);
        let minor: i64 = known.map(|a| a.minor).sum();
        assert_eq!(Money { minor, currency }, Money::of(arr, currency));
        let open: usize = rows.iter().map(|r| r.standing.open_tickets as usize).sum();
        assert_eq!(open, TICKETS.div_ceil(3));
        assert!(rows.iter().all(|r| r.standing.usage_change.is_some()));
        let call = self.desk.model.call.open.as_ref().expect("a call");
        assert!(call.checkin.started().is_some());
    }
}

const ACCOUNTS: usize = 60;
const TICKETS: usize = 150;

/// A list from a sales team's workbook: a cover, titles, units, a total, words of their own.
fn japanese_workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let cover = book.add_worksheet().set_name("表紙").expect("a sheet");
    cover.write(2, 1, "既存顧客一覧（社外秘）").expect("a cell");
    let sheet = book.add_worksheet().set_name("顧客").expect("a sheet");
    let mut put = |row: usize, column: u16, text: &str| {
        sheet.write(row as u32, column, text).expect("a cell");
    };
    put(0, 0, "既存顧客一覧　2026年11月20日現在");
    put(1, 4, "（単位：千円）");
    let headers = [
        "顧客コード",
        "会社名",
        "フリガナ",
        "担当ＣＳ",
        "年間契約額",
        "契約満了日",
        "フェーズ",
        "ＩＤ数",
        "メモ",
    ];
    for (column, header) in headers.iter().enumerate() {
        put(2, column as u16, header);
    }
    let mut total = 0;
    for i in 0..ACCOUNTS {
        let row = i + 3;
        let amount = 600 + i * 70;
        total += amount;
        put(row, 0, &format!("{:05}", i + 1));
        put(row, 1, &japanese_name(i));
        put(row, 3, ["佐藤", "鈴木", "高橋"][i % 3]);
        put(row, 4, &thousands(amount));
        let end = ["R9.3.31", "2027/6/30", "令和9年9月末", "未定"][i % 4];
        put(row, 5, end);
        put(row, 6, ["導入中", "利用中", "更新検討", "-"][i % 4]);
        put(row, 7, &format!("{}席", 10 + i));
        put(
            row,
            8,
            if i % 7 == 0 {
                "要フォロー\n（値上げの件）"
            } else {
                ""
            },
        );
    }
    put(ACCOUNTS + 3, 1, "合計");
    put(ACCOUNTS + 3, 4, &total.to_string());
    put(ACCOUNTS + 5, 0, "※ 社外持出禁止");
    book.save_to_buffer().expect("the workbook is saved")
}

/// A number with its groups, as people type it.
fn thousands(n: usize) -> String {
    match n {
        ..1_000 => n.to_string(),
        _ => format!("{},{:03}", n / 1_000, n % 1_000),
    }
}

fn japanese_name(i: usize) -> String {
    let stem = [
        "青葉", "緑川", "白石", "赤城", "黒田", "金沢", "銀座", "藤沢", "松本", "竹田", "梅津",
        "桜井",
    ][i % 12];
    let field = ["商事", "工業", "物産", "運輸", "食品"][i / 12];
    if i.is_multiple_of(2) {
        format!("株式会社{stem}{field}")
    } else {
        format!("{stem}{field}株式会社")
    }
}

/// A support desk's export in Shift_JIS, with names written in another way.
fn japanese_tickets() -> Vec<u8> {
    let mut text = String::from("問い合わせ番号,お客様名,件名,状態,緊急度,受付日時,完了日時\r\n");
    for i in 0..TICKETS {
        let name = japanese_name(i * 7 % ACCOUNTS).replace("株式会社", "㈱");
        let done = if i % 3 == 0 { "" } else { "2026/11/19 17:00" };
        let state = if i % 3 == 0 { "対応中" } else { "完了" };
        let day = 1 + i % 18;
        text.push_str(&format!(
            "T-{i:04},{name},\"帳票が遅い、{i}件目\",{state},{},2026/11/{day:02} 09:30,{done}\r\n",
            ["高", "中", "低"][i % 3]
        ));
    }
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

/// Daily figures of the product, by the customer's number without its leading noughts.
fn usage(header: &str, id: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = format!("{header}\n");
    for i in 0..ACCOUNTS {
        for day in 0..45 {
            let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 7).expect("a day")
                + chrono::Duration::days(day);
            let (users, logins) = (5 + i % 30, 20 + i);
            text.push_str(&format!("{},{date},{users},{logins},{}\n", id(i), i % 9));
        }
    }
    text.into_bytes()
}

/// A report of a CRM: amounts in thousands, days in the American order, a total, a footer.
fn english_accounts() -> Vec<u8> {
    let mut text = String::from(
        "Account ID,Account Name,Account Owner,Annual Value,Renewal Date,Customer Stage,Website\n",
    );
    let mut total = 0;
    for i in 0..ACCOUNTS {
        let (id, name, amount) = (crm_id(i), english_name(i), 12_000 + i * 900);
        total += amount;
        let amount = if i % 2 == 0 {
            format!("$ {}.{}k", amount / 1_000, amount % 1_000 / 100)
        } else {
            format!("\"$ {}.00\"", thousands(amount))
        };
        let owner = ["Kim Lee", "Ana Ruiz"][i % 2];
        let renewal = ["3/31/2027", "12/15/2027", "TBD"][i % 3];
        let stage = ["Live", "Kickoff", "Renewal"][i % 3];
        text.push_str(&format!(
            "{id},{name},{owner},{amount},{renewal},{stage},https://www.co{i}.example/\n"
        ));
    }
    text.push_str(&format!(
        ",Grand Total,,\"${}\",,,\n\nGenerated by Kim Lee on 11/20/2026\n",
        thousands(total)
    ));
    text.into_bytes()
}

/// The identifier of a record in a CRM, of fifteen letters.
fn crm_id(i: usize) -> String {
    format!("0015g00000Ab{i:03}")
}

fn english_name(i: usize) -> String {
    let stem = ["Birch", "Cedar", "Maple", "Rowan", "Alder", "Hazel"][i % 6];
    let field = [
        "Foods", "Tools", "Media", "Bank", "Health", "Energy", "Travel", "Labs", "Works", "Systems",
    ][i / 6];
    format!("{stem} {field}{}", [" Inc.", " LLC", ""][i % 3])
}

/// A support desk's export, with names as customers sign.
fn english_tickets() -> Vec<u8> {
    let mut text = String::from("Id,Subject,Organization,Status,Priority,Created at,Solved at\n");
    for i in 0..TICKETS {
        let name = english_name(i * 7 % ACCOUNTS).to_uppercase();
        let (status, solved) = if i % 3 == 0 {
            ("open", "")
        } else {
            ("solved", "2026-11-19 17:00")
        };
        let day = 1 + i % 18;
        text.push_str(&format!(
            "{i},\"Reports are slow, again\",{name},{status},{},2026-11-{day:02} 09:30,{solved}\n",
            ["high", "normal", "low"][i % 3]
        ));
    }
    text.into_bytes()
}

const ENGLISH_NOTES: &str = "Nov 18 - Birch Foods, call with Jo\nRenewal is fine, price is not.\n\nNov 17 - Cedar Foods\nReports are slow.\n\nNov 16: Maple Foods kickoff\nNew owner on their side: Sam.\n";

const JAPANESE_NOTES: &str = "11/18(水) ㈱青葉商事 田中様\n更新の件。値上げは厳しいとのこと。\n\n11/17(火) 緑川商事 電話\n帳票が遅い。来週までに回答。\n\n11月16日 白石商事（株）\n担当が替わった。新しい方は山本様。\n";

#[test]
fn a_japanese_book_of_sixty_accounts() {
    let mut new = Counted::new(Lang::Ja);
    let usage = usage(
        "顧客番号,日付,DAU,ログイン数,帳票出力",
        |i| (i + 1).to_string(),
    );
    new.import(&[
        ("既存顧客.xlsx", japanese_workbook()),
        ("問い合わせ.csv", japanese_tickets()),
        ("usage.csv", usage),
    ]);
    new.show("review");
    // The numbers lack their noughts; then three words for the stage.
    new.keys("<ret>n");
    new.keys("<ret><ret><ret><down><ret><ret><down><down><down><ret>");
    new.show("answered");
    new.keys("y");
    new.import(&[("メモ.txt", JAPANESE_NOTES.as_bytes().to_vec())]);
    new.show("notes");
    // A name with its legal form on the other side is the first one offered.
    new.keys("jj<ret><ret>y");
    assert!(new.desk.sees("メモ3件"), "{}", new.desk.screen());
    new.keys("2c<ret><ret>");
    new.show("call");
    let total: usize = (0..ACCOUNTS).map(|i| 600_000 + i * 70_000).sum();
    new.has_its_first_call(total as f64, Currency::JPY);
    let first = new.account("00001");
    assert_eq!(first.name, "株式会社青葉商事");
    assert_eq!(first.owner, "佐藤");
    assert_eq!(first.stage, Some(Stage::Onboarding));
    assert_eq!(first.renewal, Some(day(2027, 4, 1)), "the day after 満了日");
    assert_eq!(first.seats, Some(10));
    assert_eq!(first.attributes["メモ"], "要フォロー （値上げの件）");
    assert_eq!(new.account("00004").renewal, None, "未定");
    assert_eq!(new.keys, 26, "keys from an empty desk to the first call");
}

#[test]
fn an_english_book_of_sixty_accounts() {
    let mut new = Counted::new(Lang::En);
    let usage = usage("Account ID,Date,Active Users,Logins,Exports", crm_id);
    new.import(&[
        ("report1732.csv", english_accounts()),
        ("tickets-export.csv", english_tickets()),
        ("usage.csv", usage),
    ]);
    new.show("review");
    // Two words for the stage; an account that the support desk spells its own way.
    new.keys("<ret><down><ret><ret><ret>");
    new.show("answered");
    new.keys("y");
    new.import(&[("notes.txt", ENGLISH_NOTES.as_bytes().to_vec())]);
    new.show("notes");
    new.keys("y");
    assert!(new.desk.sees("3 notes"), "{}", new.desk.screen());
    new.keys("2c<ret><ret>");
    new.show("call");
    let total: usize = (0..ACCOUNTS).map(|i| 12_000 + i * 900).sum();
    new.has_its_first_call(total as f64, Currency::USD);
    let first = new.account("0015g00000Ab000");
    assert_eq!(first.name, "Birch Foods Inc.");
    assert_eq!(first.stage, Some(Stage::Adoption));
    assert_eq!(first.renewal, Some(day(2027, 3, 31)));
    assert_eq!(
        new.account("0015g00000Ab001").stage,
        Some(Stage::Onboarding)
    );
    assert_eq!(new.account("0015g00000Ab002").stage, Some(Stage::Renewal));
    assert_eq!(new.account("0015g00000Ab002").renewal, None, "TBD");
    assert_eq!(new.keys, 15, "keys from an empty desk to the first call");
}
