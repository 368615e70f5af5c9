//! The command line's form, with its help in the user's language.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser, value_parser};

use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::note::Topic;
use crate::services::import::Kind;
use crate::words::{self, Lang};

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
pub fn command(t: Lang) -> Command {
    worded(bare(t), t)
}

fn worded(c: Command, t: Lang) -> Command {
    let told = |a: Arg| {
        let default = a
            .get_default_values()
            .first()
            .map(|d| words::commands::help_default(t, d.to_string_lossy()))
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

fn bare(t: Lang) -> Command {
    let json = || flag("json", words::commands::help_json(t));
    let account = || {
        arg("account", words::commands::help_account(t))
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
            .help(words::commands::word_help(t))
    };
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}",
        words::commands::word_usage(t)
    );
    let form = |c: Command| {
        c.help_template(template.clone())
            .subcommand_help_heading(words::commands::word_commands(t))
            .next_help_heading(words::commands::word_options(t))
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
                .help(words::commands::word_version(t)),
        )
        .about(words::commands::help_about(t))
        .arg(
            path(option("home", words::commands::help_home(t)))
                .global(true)
                .value_name("DIR"),
        )
        .arg(
            option("lang", words::commands::help_lang(t))
                .global(true)
                .value_name("ja|en")
                .value_parser(PossibleValuesParser::new(["ja", "en"])),
        )
        .subcommand(
            sub("demo", words::commands::help_demo(t))
                .arg(
                    option("accounts", words::commands::help_demo_accounts(t))
                        .value_name("N")
                        .default_value("120")
                        .value_parser(value_parser!(u32).range(1..=100_000)),
                )
                .arg(
                    option("seed", words::commands::help_demo_seed(t))
                        .value_name("S")
                        .default_value("1")
                        .value_parser(value_parser!(u64)),
                )
                .arg(flag("write-only", words::commands::help_demo_write(t))),
        )
        .subcommand(
            sub("import", words::commands::help_import(t))
                .arg(
                    path(arg("paths", words::commands::help_paths(t)))
                        .required(true)
                        .num_args(1..)
                        .value_name("PATH"),
                )
                .arg(
                    option("as", &words::commands::help_as(t, kinds.join(", ")))
                        .value_name("KIND")
                        .value_parser(PossibleValuesParser::new(kinds)),
                )
                .arg(option("map", words::commands::help_map(t)).value_name("NAME"))
                .arg(
                    option("set", words::commands::help_set(t))
                        .value_name("FIELD=HEADER")
                        .action(ArgAction::Append),
                )
                .arg(option("save-map", words::commands::help_save_map(t)).value_name("NAME"))
                .arg(option("sheet", words::commands::help_sheet(t)).value_name("NAME"))
                .arg(option("account", words::commands::help_account_all(t)).value_name("ACCOUNT"))
                .arg(flag("create-accounts", words::commands::help_create(t)))
                .arg(option("currency", words::commands::help_currency(t)).value_name("CODE"))
                .arg(
                    option("date-order", words::commands::help_order(t))
                        .value_name("ORDER")
                        .value_parser(PossibleValuesParser::new(["dmy", "mdy"])),
                )
                .arg(flag("dry-run", words::commands::help_dry(t)))
                .arg(flag("yes", words::commands::help_yes(t)))
                .arg(json()),
        )
        .subcommand(
            sub("accounts", words::commands::help_accounts(t))
                .arg(
                    option("band", words::commands::help_band(t))
                        .value_name("BAND")
                        .value_parser(PossibleValuesParser::new(Band::ALL.iter().map(|b| b.key()))),
                )
                .arg(option("query", words::commands::help_query(t)).value_name("Q"))
                .arg(json()),
        )
        .subcommand(
            sub("brief", words::commands::help_brief(t))
                .arg(account())
                .arg(
                    option("format", words::commands::help_brief_format(t))
                        .value_name("F")
                        .default_value("text")
                        .value_parser(["text", "md", "html"]),
                )
                .arg(json()),
        )
        .subcommand(
            sub("health", words::commands::help_health(t))
                .arg(account())
                .arg(json()),
        )
        .subcommand(
            sub("context", words::commands::help_context(t))
                .arg(account())
                .arg(
                    option(
                        "kind",
                        &format!("{}: {}", words::commands::help_topic(t), topics.join(", ")),
                    )
                    .value_name("KIND")
                    .default_value("remark")
                    .value_parser(PossibleValuesParser::new(topics)),
                )
                .arg(option("source", words::commands::help_source(t)).value_name("TEXT"))
                .arg(option("on", words::commands::help_on(t)).value_name("DATE"))
                .arg(
                    arg("text", words::commands::help_text(t))
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(
            sub("judge", words::commands::help_rule(t))
                .arg(account())
                .arg(
                    arg("verdict", words::commands::help_verdict(t))
                        .required(true)
                        .value_name("VERDICT")
                        .value_parser(PossibleValuesParser::new([
                            "red", "yellow", "green", "lost", "none",
                        ])),
                )
                .arg(option("reason", words::commands::help_reason(t)).value_name("TEXT"))
                .arg(option("until", words::commands::help_until(t)).value_name("DATE"))
                .arg(json()),
        )
        .subcommand(sub("today", words::commands::help_today(t)).arg(json()))
        .subcommand(
            sub("cadence", words::commands::help_cadence(t))
                .arg(account())
                .arg(json()),
        )
        .subcommand(
            sub("calendar", words::commands::help_calendar(t))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    sub("export", words::commands::help_export_word(t))
                        .arg(
                            option("account", words::commands::help_account_word(t))
                                .value_name("ACCOUNT"),
                        )
                        .arg(flag("planned", words::commands::help_planned(t)))
                        .arg(path(option("out", words::commands::help_out(t))).value_name("FILE"))
                        .arg(json()),
                )
                .subcommand(
                    sub("import", words::commands::help_import_word(t))
                        .arg(
                            path(arg("file", words::commands::help_file(t)))
                                .required(true)
                                .value_name("FILE"),
                        )
                        .arg(option("name", words::commands::help_name(t)).value_name("NAME"))
                        .arg(json()),
                ),
        )
        .subcommand(
            sub("signals", words::commands::help_signals(t))
                .arg(arg("account", words::commands::help_account_signals(t)).value_name("ACCOUNT"))
                .arg(json()),
        )
        .subcommand(
            sub("backtest", words::commands::help_backtest(t))
                .arg(flag("fit", words::commands::help_fit(t)))
                .arg(flag("accept", words::commands::help_fit_accept(t)).requires("fit"))
                .arg(
                    option("lead", words::commands::help_lead(t))
                        .value_name("DAYS")
                        .default_value("1")
                        .value_parser(value_parser!(i64).range(1..=365)),
                )
                .arg(json()),
        )
        .subcommand(
            sub("note", words::commands::help_note(t))
                .arg(account())
                .arg(
                    arg("text", words::commands::help_text(t))
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(
            sub("notes", words::commands::help_notes(t))
                .arg(
                    arg("text", words::commands::help_query(t))
                        .num_args(0..)
                        .value_name("WORDS"),
                )
                .arg(json()),
        )
        .subcommand(
            sub("action", words::commands::help_action(t))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    sub("add", words::commands::help_action_add(t))
                        .arg(account())
                        .arg(
                            arg("text", words::commands::help_action_add(t))
                                .required(true)
                                .num_args(1..)
                                .value_name("TEXT")
                                .trailing_var_arg(true)
                                .allow_hyphen_values(true),
                        )
                        .arg(json()),
                )
                .subcommand(
                    sub("list", words::commands::help_action_list(t))
                        .arg(
                            arg("account", words::commands::help_action_all(t))
                                .value_name("ACCOUNT"),
                        )
                        .arg(json()),
                )
                .subcommand(
                    sub("done", words::commands::help_action_done(t))
                        .arg(
                            arg("id", words::commands::help_id(t))
                                .required(true)
                                .value_name("ID"),
                        )
                        .arg(json()),
                )
                .subcommand(
                    sub("told", words::commands::help_action_told(t))
                        .arg(
                            arg("id", words::commands::help_id(t))
                                .required(true)
                                .value_name("ID"),
                        )
                        .arg(json()),
                )
                .subcommand(
                    sub("untold", words::commands::help_action_untold(t))
                        .arg(
                            arg("id", words::commands::help_id(t))
                                .required(true)
                                .value_name("ID"),
                        )
                        .arg(json()),
                ),
        )
        .subcommand(
            sub("checkin", words::commands::help_checkin(t))
                .arg(account())
                .arg(
                    option(
                        "type",
                        &words::commands::help_type(
                            t,
                            "standard, review, risk, save, expansion, renewal, …",
                        ),
                    )
                    .value_name("T"),
                ),
        )
        .subcommand(
            sub("export", words::commands::help_export(t))
                .arg(
                    path(option("all", words::commands::help_export_all(t)))
                        .value_name("DIR")
                        .conflicts_with_all(["note", "actions"]),
                )
                .arg(flag("include-private", words::commands::help_private(t)))
                .arg(
                    option("actions", words::commands::help_export_actions(t))
                        .value_name("F")
                        .value_parser(["csv", "ics"]),
                )
                .arg(option("account", words::commands::help_action_all(t)).value_name("ACCOUNT"))
                .arg(option("note", words::commands::help_export_note(t)).value_name("ID"))
                .arg(
                    option("format", words::commands::help_format(t))
                        .value_name("F")
                        .default_value("md")
                        .value_parser(PossibleValuesParser::new(
                            Format::ALL.iter().map(|f| f.key()),
                        )),
                ),
        )
        .subcommand(
            sub("backup", words::commands::help_backup(t))
                .arg(path(arg("file", words::commands::help_file(t))).value_name("FILE")),
        )
        .subcommand(
            sub("restore", words::commands::help_restore(t))
                .arg(path(arg("file", words::commands::help_file(t))).value_name("FILE"))
                .arg(flag("accept-loss", words::commands::help_accept_loss(t))),
        )
        .subcommand(sub("verify", words::commands::help_verify(t)).arg(json()))
        .subcommand(
            sub("store", words::commands::help_store(t))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(sub("stats", words::commands::help_stats(t)).arg(json())),
        )
        .subcommand(sub("undo", words::commands::help_undo(t)))
        .subcommand(sub("redo", words::commands::help_redo(t)))
        .subcommand(
            sub("log", words::commands::help_log_talk(t))
                .arg(account())
                .arg(
                    option("kind", words::commands::help_log_kind(t))
                        .value_name("KIND")
                        .default_value("call")
                        .value_parser(["call", "meeting", "email", "chat"]),
                )
                .arg(option("with", words::commands::help_log_with(t)).value_name("NAMES"))
                .arg(option("at", words::commands::help_log_at(t)).value_name("WHEN"))
                .arg(
                    arg("text", words::commands::help_text(t))
                        .num_args(0..)
                        .value_name("TEXT")
                        .trailing_var_arg(true)
                        .allow_hyphen_values(true),
                )
                .arg(json()),
        )
        .subcommand(sub("history", words::commands::help_log(t)).arg(json()))
        .subcommand(sub("where", words::commands::help_where(t)))
        .subcommand(
            sub("completions", words::commands::help_completions(t)).arg(
                arg("shell", "bash, zsh, fish, elvish, powershell")
                    .required(true)
                    .value_name("SHELL")
                    .value_parser(value_parser!(clap_complete::Shell)),
            ),
        )
        .subcommand(sub("man", words::commands::help_man(t)))
        .subcommand(sub("keys", words::commands::help_keys(t)))
        .subcommand(
            sub("screens", words::commands::help_screens(t))
                .hide(true)
                .arg(path(arg("dir", words::commands::help_file(t))).required(true)),
        )
}
