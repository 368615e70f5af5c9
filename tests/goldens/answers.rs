//! The JSON answers of every command, on the stored data folder with a fixed clock; and the effects
//! of the commands that write.

use std::collections::BTreeSet;

use crate::golden::{Ids, check, without_sizes};
use crate::home::{Home, imports};

/// A data folder, and the transcript of all commands run on it.
struct Asked {
    home: Home,
    lang: &'static str,
    ids: Ids,
}

impl Asked {
    fn of(lang: &'static str) -> Self {
        Self {
            home: Home::stored(),
            lang,
            ids: Ids::default(),
        }
    }

    /// Runs a command. Returns the command line, its output, its errors and its exit code. Files
    /// are named as in `import`.
    fn says(&mut self, args: &[&str]) -> String {
        let out = self
            .home
            .command(self.lang, args)
            .current_dir(imports())
            .output()
            .expect("the command runs");
        let text = |bytes: Vec<u8>| {
            self.home
                .nameless(&String::from_utf8(bytes).expect("valid UTF-8"))
        };
        let (mut said, complained) = (text(out.stdout), text(out.stderr));
        said.extend(complained.lines().map(|line| format!("! {line}\n")));
        let end = out
            .status
            .code()
            .filter(|code| *code != 0)
            .map(|code| format!("exit {code}\n"))
            .unwrap_or_default();
        let typed = args
            .iter()
            .map(|a| {
                if a.contains(' ') {
                    format!("'{a}'")
                } else {
                    (*a).to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(" ");
        self.ids
            .numbered(&format!("$ kenshin {typed}\n{said}{end}\n"))
    }

    fn check(&mut self, name: &str, all: &[&[&str]]) {
        let text: String = all.iter().map(|args| self.says(args)).collect();
        check(&format!("{}/{name}.txt", self.lang), &text);
    }
}

const NOBODY: &[&str] = &["brief", "nobody at all", "--json"];
const SEVERAL: &[&str] = &["health", "i", "--json"];

#[test]
fn listing_commands_answer_as_before() {
    let mut asked = Asked::of("en");
    asked.check(
        "accounts",
        &[
            &["accounts", "--json"],
            &["accounts", "--band", "red", "--json"],
            &["accounts", "--query", "tier:smb renewal<200", "--json"],
            &["accounts", "--query", "shoe:1", "--json"],
        ],
    );
    asked.check(
        "account",
        &[
            &["account", "show", "acme", "--json"],
            &["account", "new", "ACME", "--json"],
            &["account", "merge", "acme", "hooli", "--json"],
            &["account", "delete", "initech", "--json"],
        ],
    );
    asked.check(
        "context",
        &[
            &["context", "acme", "--json"],
            &["context", "initech", "--json"],
        ],
    );
    asked.check(
        "notes",
        &[
            &["notes", "prices", "--json"],
            &["notes", "遅い", "--json"],
            &["notes", "nowhere", "--json"],
        ],
    );
    asked.check(
        "actions",
        &[
            &["action", "list", "--json"],
            &["action", "list", "hooli", "--json"],
        ],
    );
    asked.check(
        "backtest",
        &[
            &["backtest", "--json"],
            &["backtest", "--fit", "--json"],
            &["backtest", "--lead", "90", "--json"],
        ],
    );
}

#[test]
fn worded_answers_are_as_before_in_each_language() {
    for lang in ["en", "ja"] {
        let mut asked = Asked::of(lang);
        asked.check(
            "brief",
            &[
                &["brief", "acme", "--json"],
                &["brief", "aoba", "--json"],
                &["brief", "demo-00000", "--json"],
            ],
        );
        // The text also states the day from which other rules applied; a change of the program
        // itself is never reported.
        asked.check(
            "health",
            &[
                &["health", "acme", "--json"],
                &["health", "demo-00000", "--json"],
                &["health", "initech", "--json"],
                &["health", "acme"],
                &["health", "demo-00000"],
            ],
        );
        asked.check(
            "signals",
            &[&["signals", "--json"], &["signals", "hooli", "--json"]],
        );
        asked.check("today", &[&["today", "--json"]]);
        asked.check(
            "cadence",
            &[&[
                "cadence",
                if lang == "en" { "acme" } else { "aoba" },
                "--json",
            ]],
        );
        asked.check(
            "refusals",
            &[
                NOBODY,
                SEVERAL,
                &["judge", "acme", "red", "--json"],
                &["action", "done", "zzz", "--json"],
                &["calendar", "import", "nowhere.ics", "--json"],
            ],
        );
        asked.check(
            "import",
            &[
                &[
                    "import",
                    "accounts.csv",
                    "tickets.csv",
                    "usage.csv",
                    "--dry-run",
                    "--json",
                ],
                &["import", "nowhere.csv", "--dry-run", "--json"],
            ],
        );
        asked.check(
            "note",
            &[
                &["export", "--note", "odd-n1", "--format", "json"],
                &["export", "--note", "acme-n0", "--format", "json"],
            ],
        );
    }
}

/// File sizes are not part of it.
#[test]
fn store_commands_answer_as_before() {
    let mut asked = Asked::of("en");
    asked.check("verify", &[&["verify", "--json"]]);
    let stats = asked.says(&["store", "stats", "--json"]);
    check("en/stats.txt", &without_sizes(&stats));
}

/// Exported tables and files for other programs.
#[test]
fn exports_for_other_programs_are_as_before() {
    let mut asked = Asked::of("en");
    asked.check(
        "open-actions",
        &[
            &["export", "--actions", "csv"],
            &["export", "--actions", "ics"],
        ],
    );
    asked.check(
        "note-packets",
        &[
            &["export", "--note", "odd-n1", "--format", "crm"],
            &["export", "--note", "odd-n1", "--format", "minutes"],
        ],
    );
}

#[test]
fn writing_commands_answer_as_before_and_change_the_export() {
    let mut asked = Asked::of("en");
    let before: BTreeSet<String> = asked
        .home
        .exported(true)
        .lines()
        .map(str::to_owned)
        .collect();
    let mut text = String::new();
    let mut says = |asked: &mut Asked, args: &[&str]| text.push_str(&asked.says(args));
    says(
        &mut asked,
        &[
            "note",
            "hooli",
            "--json",
            "Gavin said \"we stay\" #plan\n// not for everyone\n! send the plan @me ^2026-12-01",
        ],
    );
    says(
        &mut asked,
        &[
            "log",
            "hooli",
            "--kind",
            "meeting",
            "--with",
            "Gavin Belson, Richard",
            "--at",
            "2026-11-23 14:00",
            "--json",
            "Walked through the plan ! order seats @customer ^2026-12-03",
        ],
    );
    says(
        &mut asked,
        &[
            "context",
            "initech",
            "--kind",
            "merger",
            "--source",
            "newspaper",
            "--on",
            "2026-11-20",
            "--json",
            "Bought by a rival",
        ],
    );
    says(
        &mut asked,
        &[
            "judge",
            "initech",
            "yellow",
            "--reason",
            "new owner",
            "--until",
            "2026-12-31",
            "--json",
        ],
    );
    says(&mut asked, &["judge", "pied", "none", "--json"]);
    says(
        &mut asked,
        &[
            "action",
            "add",
            "pied",
            "--json",
            "renew the pilot @me ^2026-12-11",
        ],
    );
    let action = asked.ids.newest().to_owned();
    says(&mut asked, &["action", "done", &action, "--json"]);
    says(&mut asked, &["action", "told", &action, "--json"]);
    says(
        &mut asked,
        &["calendar", "import", "busy.ics", "--name", "Sato", "--json"],
    );
    says(
        &mut asked,
        &[
            "import",
            "accounts.csv",
            "tickets.csv",
            "usage.csv",
            "--yes",
            "--json",
        ],
    );
    check("en/writing.txt", &text);
    let after = asked.home.exported(true);
    let written: String = after
        .lines()
        .filter(|l| !before.contains(*l))
        .map(|l| format!("{}\n", asked.ids.numbered(l)))
        .collect();
    check("written.jsonl", &written);
}
