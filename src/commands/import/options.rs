//! The options of an import. Must not depend on how they are used.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgMatches};

use crate::commands::arguments::{arg, flag, given, json, one_of, option, path};
use crate::commands::session::Session;
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::money::Currency;
use crate::runtime::find_account;
use crate::services::dates;
use crate::services::import::ExistingData;
use crate::services::import::mapping::Wish;
use crate::services::import::values::Order;
use crate::services::import::{Kind, Options, Theirs};
use crate::words::{self, Lang, words};

words! {
    paths_help: "Files or folders; - for standard input", "ファイルまたはフォルダ（- で標準入力）";
    as_help(kinds): "Kind of data: {kinds}", "データの種類: {kinds}";
    map_help: "Column mapping to use", "使用する列マッピング";
    set_help: "Column of a field, as field=header", "項目に対応する列（項目=列名）";
    value_help: "Meaning of a word in the file, as field.word=value", "ファイル内の語の意味（項目.語=値）";
    save_map_help: "Save the column mapping under this name", "列マッピングをこの名前で保存";
    sheet_help: "Sheet of an Excel file", "Excel のシート名";
    account_help: "Assign all rows to this account", "すべての行をこのアカウントに割り当てる";
    create_help: "Create accounts for unknown names", "未登録の名前のアカウントを作成";
    currency_help: "Currency of amounts without one", "通貨の記載がない金額の通貨";
    order_help: "Order of ambiguous dates: dmy, mdy or ymd", "あいまいな日付の順序: dmy、mdy または ymd";
    as_of_help: "Day of a table without dates", "日付のない表の時点";
    overwrite_help: "Replace fields that were edited by hand since the last import", "前回の取り込み後に手で変更した項目も上書きする";
    dry_run_help: "Preview without writing", "プレビューのみで、書き込まない";
    yes_help: "Write without asking", "確認せずに書き込む";
}

pub fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.key()).collect();
    let kind = option("as", as_help(lang, kinds.join(", ")))
        .value_name("KIND")
        .value_parser(PossibleValuesParser::new(kinds));
    let order = option("date-order", order_help(lang)).value_name("ORDER");
    command
        .arg(
            path(arg("paths", paths_help(lang)))
                .required(true)
                .num_args(1..)
                .value_name("PATH"),
        )
        .arg(kind)
        .arg(option("map", map_help(lang)).value_name("NAME"))
        .arg(
            option("set", set_help(lang))
                .value_name("FIELD=HEADER")
                .action(ArgAction::Append),
        )
        .arg(
            option("value", value_help(lang))
                .value_name("FIELD.WORD=VALUE")
                .action(ArgAction::Append),
        )
        .arg(option("save-map", save_map_help(lang)).value_name("NAME"))
        .arg(option("sheet", sheet_help(lang)).value_name("NAME"))
        .arg(option("account", account_help(lang)).value_name("ACCOUNT"))
        .arg(flag("create-accounts", create_help(lang)))
        .arg(option("currency", currency_help(lang)).value_name("CODE"))
        .arg(one_of(order, ["dmy", "mdy", "ymd"]))
        .arg(option("as-of", as_of_help(lang)).value_name("DATE"))
        .arg(flag("overwrite", overwrite_help(lang)))
        .arg(flag("dry-run", dry_run_help(lang)))
        .arg(flag("yes", yes_help(lang)))
        .arg(json(lang))
}

/// Reads the options of an import. Accounts are looked up in the stored data.
///
/// # Errors
/// If a field, a currency or an account is unknown.
pub fn read(
    session: &Session,
    m: &ArgMatches,
    existing: &dyn ExistingData,
) -> Result<Options, Failure> {
    let account = match given(m, "account") {
        Some(text) => {
            let all = existing.accounts()?;
            let all: Vec<&Account> = all.iter().collect();
            Some(find_account::among(&all, &text)?.id.clone())
        }
        None => None,
    };
    Ok(Options {
        wish: wish(session, m)?,
        account,
        create_accounts: m.get_flag("create-accounts"),
        answers: Default::default(),
        theirs: Theirs {
            all: m.get_flag("overwrite"),
            fields: BTreeSet::new(),
        },
        now: session.clock.now(),
    })
}

/// The day from `--as-of`, in any form that a date may be typed in.
fn as_of(session: &Session, m: &ArgMatches) -> Result<Option<NaiveDate>, Failure> {
    let Some(text) = given(m, "as-of") else {
        return Ok(None);
    };
    let day = dates::read_past(&text, session.clock.now());
    day.map(Some).ok_or_else(|| Failure::Usage {
        reason: format!(
            "--as-of {text}: {}",
            words::common::not_a_date(session.lang)
        ),
    })
}

/// What the user said of the files' kind, columns, words, dates and amounts.
///
/// # Errors
/// If a field or a currency is unknown.
pub fn wish(session: &Session, m: &ArgMatches) -> Result<Wish, Failure> {
    let lang = session.lang;
    let currency = match given(m, "currency") {
        Some(code) => Some(Currency::parse(&code).ok_or_else(|| Failure::Usage {
            reason: format!("--currency {code}"),
        })?),
        None => None,
    };
    let order = |o: String| match o.as_str() {
        "dmy" => Order::Dmy,
        "ymd" => Order::Ymd,
        _ => Order::Mdy,
    };
    Ok(Wish {
        kind: given(m, "as").and_then(|k| Kind::parse(&k)),
        mapping: given(m, "map"),
        columns: columns(lang, m)?,
        values: values(lang, m)?,
        currency,
        date_order: given(m, "date-order").map(order),
        as_of: as_of(session, m)?,
        files: Default::default(),
    })
}

/// The words from `--value field.word=value`. The word may hold dots and the value may be blank.
fn values(lang: Lang, m: &ArgMatches) -> Result<Vec<(String, String, String)>, Failure> {
    let mut values = Vec::new();
    for text in m.get_many::<String>("value").into_iter().flatten() {
        let wrong = |why: &str| Failure::Usage {
            reason: format!("--value {text}: {why}"),
        };
        let (left, value) = text
            .rsplit_once('=')
            .ok_or_else(|| wrong("field.word=value"))?;
        let (field, word) = left
            .split_once('.')
            .ok_or_else(|| wrong("field.word=value"))?;
        known_field(lang, field).map_err(|why| wrong(&why))?;
        let of = |text: &str| text.trim().to_owned();
        values.push((of(field), of(word), of(value)));
    }
    Ok(values)
}

/// Refuses a field that no kind of table has.
fn known_field(lang: Lang, field: &str) -> Result<(), String> {
    let all: BTreeSet<&str> = Kind::ALL.iter().flat_map(|k| k.fields()).copied().collect();
    if all.contains(field) {
        return Ok(());
    }
    let all: Vec<&str> = all.into_iter().collect();
    Err(words::problems::wrong_one_of(lang, all.join(", ")))
}

/// The columns from `--set field=header`.
fn columns(lang: Lang, m: &ArgMatches) -> Result<Vec<(String, String)>, Failure> {
    let mut columns = Vec::new();
    for pair in m.get_many::<String>("set").into_iter().flatten() {
        let wrong = |why: &str| Failure::Usage {
            reason: format!("--set {pair}: {why}"),
        };
        let (field, header) = pair.split_once('=').ok_or_else(|| wrong("field=header"))?;
        known_field(lang, field).map_err(|why| wrong(&why))?;
        columns.push((field.to_owned(), header.to_owned()));
    }
    Ok(columns)
}
