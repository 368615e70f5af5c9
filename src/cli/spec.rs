//! The command line's form, with its help in the user's language.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser, value_parser};

use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::note::Topic;
use crate::i18n::{Strings, fill};
use crate::services::import::Kind;

closed! {
    Format { Markdown = "md", Html = "html", Json = "json", Crm = "crm", Minutes = "minutes", Mail = "mail", Eml = "eml" }
}

fn arg(name: &'static str, help: &str) -> Arg {
    Arg::new(name).help(help.to_owned())
}

fn flag(name: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help.to_owned())
}

fn option(name: &'static str, help: &str) -> Arg {
    Arg::new(name).long(name).help(help.to_owned())
}

fn path(a: Arg) -> Arg {
    a.value_parser(value_parser!(PathBuf))
}

/// The whole, with defaults told in the user's language. What values there are stands in the help's words.
pub fn command(t: &'static Strings) -> Command {
    worded(bare(t), t)
}

fn worded(c: Command, t: &'static Strings) -> Command {
    let told = |a: Arg| {
        let default = a
            .get_default_values()
            .first()
            .map(|d| fill(t.c_default, &[&d.to_string_lossy()]))
            .unwrap_or_default();
        let help = a
            .get_help()
            .map(|h| format!("{h}{default}"))
            .unwrap_or_default();
        let takes = a.get_action().takes_values();
        a.help(help)
            .hide_possible_values(takes)
            .hide_default_value(takes)
    };
    c.mut_args(told).mut_subcommands(|s| worded(s, t))
}

fn bare(t: &'static Strings) -> Command {
    let json = || flag("json", t.c_json);
    let account = || {
        arg("account", t.c_account)
            .required(true)
            .value_name("ACCOUNT")
    };
    let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.key()).collect();
    let topics: Vec<&str> = Topic::ALL.iter().map(|x| x.key()).collect();
    let help = || {
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(t.h_help)
    };
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}",
        t.h_usage
    );
    let form = |c: Command| {
        c.help_template(template.clone())
            .subcommand_help_heading(t.h_commands)
            .next_help_heading(t.h_options)
            .disable_help_subcommand(true)
            .disable_help_flag(true)
            .arg(help())
    };
    let sub = |name: &'static str, about: &'static str| form(Command::new(name).about(about));
    form(Command::new("kenshin"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(t.h_version),
        )
        .about(t.c_about)
        .arg(
            path(option("home", t.c_home))
                .global(true)
                .value_name("DIR"),
        )
        .arg(
            option("lang", t.c_lang)
                .global(true)
                .value_name("ja|en")
                .value_parser(PossibleValuesParser::new(["ja", "en"])),
        )
        .subcommand(
            sub("demo", t.c_demo)
                .arg(
                    option("accounts", t.c_demo_accounts)
                        .value_name("N")
                        .default_value("120")
                        .value_parser(value_parser!(u32).range(1..=100_000)),
                )
                .arg(
                    option("seed", t.c_demo_seed)
                        .value_name("S")
                        .default_value("1")
                        .value_parser(value_parser!(u64)),
                )
                .arg(flag("write-only", t.c_demo_write)),
        )
        .subcommand(
            sub("import", t.c_import)
                .arg(
                    path(arg("paths", t.c_paths))
                        .required(true)
                        .num_args(1..)
                        .value_name("PATH"),
                )
                .arg(
                    option("as", &fill(t.c_as, &[&kinds.join(", ")]))
                        .value_name("KIND")
                        .value_parser(PossibleValuesParser::new(kinds)),
                )
                .arg(option("map", t.c_map).value_name("NAME"))
                .arg(
                    option("set", t.c_set)
                        .value_name("FIELD=HEADER")
                        .action(ArgAction::Append),
                )
                .arg(option("save-map", t.c_save_map).value_name("NAME"))
                .arg(option("sheet", t.c_sheet).value_name("NAME"))
                .arg(option("account", t.c_account_all).value_name("ACCOUNT"))
                .arg(flag("create-accounts", t.c_create))
                .arg(option("currency", t.c_currency).value_name("CODE"))
                .arg(
                    option("date-order", t.c_order)
                        .value_name("ORDER")
                        .value_parser(PossibleValuesParser::new(["dmy", "mdy"])),
                )
                .arg(flag("dry-run", t.c_dry))
                .arg(flag("yes", t.c_yes))
                .arg(json()),
        )
        .subcommand(
            sub("accounts", t.c_accounts)
                .arg(
                    option("band", t.c_band)
                        .value_name("BAND")
                        .value_parser(PossibleValuesParser::new(Band::ALL.iter().map(|b| b.key()))),
                )
                .arg(option("query", t.c_query).value_name("Q"))
                .arg(json()),
        )
        .subcommand(
            sub("brief", t.c_brief)
                .arg(account())
                .arg(
                    option("format", t.c_brief_format)
                        .value_name("F")
                        .default_value("text")
                        .value_parser(["text", "md", "html"]),
                )
                .arg(json()),
        )
        .subcommand(sub("health", t.c_health).arg(account()).arg(json()))
        .subcommand(
            sub("context", t.c_context)
                .arg(account())
                .arg(
                    option("kind", &format!("{}: {}", t.c_topic, topics.join(", ")))
                        .value_name("KIND")
                        .default_value("remark")
                        .value_parser(PossibleValuesParser::new(topics)),
                )
                .arg(option("source", t.c_source).value_name("TEXT"))
                .arg(option("on", t.c_on).value_name("DATE"))
                .arg(
                    arg("text", t.c_text)
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(
            sub("judge", t.c_rule)
                .arg(account())
                .arg(
                    arg("verdict", t.c_verdict)
                        .required(true)
                        .value_name("VERDICT")
                        .value_parser(PossibleValuesParser::new([
                            "red", "yellow", "green", "lost", "none",
                        ])),
                )
                .arg(option("reason", t.c_reason).value_name("TEXT"))
                .arg(option("until", t.c_until).value_name("DATE"))
                .arg(json()),
        )
        .subcommand(sub("today", t.c_today).arg(json()))
        .subcommand(
            sub("cadence", t.cadence.ch_cadence)
                .arg(account())
                .arg(json()),
        )
        .subcommand(
            sub("calendar", t.cadence.ch_calendar)
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    sub("export", t.cadence.ch_export)
                        .arg(option("account", t.cadence.ch_account).value_name("ACCOUNT"))
                        .arg(flag("planned", t.cadence.ch_planned))
                        .arg(path(option("out", t.cadence.ch_out)).value_name("FILE"))
                        .arg(json()),
                )
                .subcommand(
                    sub("import", t.cadence.ch_import)
                        .arg(
                            path(arg("file", t.c_file))
                                .required(true)
                                .value_name("FILE"),
                        )
                        .arg(option("name", t.cadence.ch_name).value_name("NAME"))
                        .arg(json()),
                ),
        )
        .subcommand(
            sub("signals", t.c_signals)
                .arg(arg("account", t.c_account_signals).value_name("ACCOUNT"))
                .arg(json()),
        )
        .subcommand(
            sub("backtest", t.c_backtest)
                .arg(flag("fit", t.c_fit))
                .arg(flag("accept", t.c_fit_accept).requires("fit"))
                .arg(
                    option("lead", t.c_lead)
                        .value_name("DAYS")
                        .default_value("1")
                        .value_parser(value_parser!(i64).range(1..=365)),
                )
                .arg(json()),
        )
        .subcommand(
            sub("note", t.c_note)
                .arg(account())
                .arg(
                    arg("text", t.c_text)
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(
            sub("notes", t.c_notes)
                .arg(arg("text", t.c_query).num_args(0..).value_name("WORDS"))
                .arg(json()),
        )
        .subcommand(
            sub("action", t.c_action)
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    sub("add", t.c_action_add)
                        .arg(account())
                        .arg(
                            arg("text", t.c_action_add)
                                .required(true)
                                .num_args(1..)
                                .value_name("TEXT")
                                .trailing_var_arg(true)
                                .allow_hyphen_values(true),
                        )
                        .arg(json()),
                )
                .subcommand(
                    sub("list", t.c_action_list)
                        .arg(arg("account", t.c_action_all).value_name("ACCOUNT"))
                        .arg(json()),
                )
                .subcommand(
                    sub("done", t.c_action_done)
                        .arg(arg("id", t.c_id).required(true).value_name("ID"))
                        .arg(json()),
                )
                .subcommand(
                    sub("told", t.c_action_told)
                        .arg(arg("id", t.c_id).required(true).value_name("ID"))
                        .arg(json()),
                ),
        )
        .subcommand(
            sub("checkin", t.c_checkin).arg(account()).arg(
                option(
                    "type",
                    &fill(
                        t.c_type,
                        &[&"standard, review, risk, save, expansion, renewal, …"],
                    ),
                )
                .value_name("T"),
            ),
        )
        .subcommand(
            sub("export", t.c_export)
                .arg(
                    path(option("all", t.c_export_all))
                        .value_name("DIR")
                        .conflicts_with_all(["note", "actions"]),
                )
                .arg(flag("include-private", t.c_private))
                .arg(
                    option("actions", t.c_export_actions)
                        .value_name("F")
                        .value_parser(["csv", "ics"]),
                )
                .arg(option("account", t.c_action_all).value_name("ACCOUNT"))
                .arg(option("note", t.c_export_note).value_name("ID"))
                .arg(
                    option("format", t.c_format)
                        .value_name("F")
                        .default_value("md")
                        .value_parser(PossibleValuesParser::new(
                            Format::ALL.iter().map(|f| f.key()),
                        )),
                ),
        )
        .subcommand(sub("backup", t.c_backup).arg(path(arg("file", t.c_file)).value_name("FILE")))
        .subcommand(
            sub("restore", t.c_restore)
                .arg(path(arg("file", t.c_file)).value_name("FILE"))
                .arg(flag("accept-loss", t.c_accept_loss)),
        )
        .subcommand(sub("verify", t.c_verify).arg(json()))
        .subcommand(
            sub("store", t.c_store)
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(sub("stats", t.c_stats).arg(json())),
        )
        .subcommand(sub("undo", t.c_undo))
        .subcommand(sub("redo", t.c_redo))
        .subcommand(
            sub("log", t.c_log_talk)
                .arg(account())
                .arg(
                    option("kind", t.c_log_kind)
                        .value_name("KIND")
                        .default_value("call")
                        .value_parser(["call", "meeting", "email", "chat"]),
                )
                .arg(option("with", t.c_log_with).value_name("NAMES"))
                .arg(option("at", t.c_log_at).value_name("WHEN"))
                .arg(
                    arg("text", t.c_text)
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(sub("history", t.c_log).arg(json()))
        .subcommand(sub("where", t.c_where))
        .subcommand(
            sub("completions", t.c_completions).arg(
                arg("shell", "bash, zsh, fish, elvish, powershell")
                    .required(true)
                    .value_name("SHELL")
                    .value_parser(value_parser!(clap_complete::Shell)),
            ),
        )
        .subcommand(sub("man", t.c_man))
        .subcommand(sub("keys", t.c_keys))
        .subcommand(
            sub("screens", t.c_screens)
                .hide(true)
                .arg(path(arg("dir", t.c_file)).required(true)),
        )
}
