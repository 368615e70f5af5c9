//! Makes the program a megabyte smaller where linker and loader can take it: the places that are moved
//! at the start (the tables of time zones are full of them) are packed, and functions that came out the
//! same are one. Whether they can is found by trying, with a program that does nothing.

use std::path::Path;
use std::process::{Command, Stdio};

const FLAGS: [&str; 2] = ["-Wl,-z,pack-relative-relocs", "-Wl,--icf=all"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let told = |name: &str| std::env::var(name).unwrap_or_default();
    // What is built for another system cannot be tried, and only a small program is worth it.
    if told("TARGET") != told("HOST") || told("CARGO_CFG_TARGET_OS") != "linux" || told("PROFILE") != "release" {
        return;
    }
    // As cargo itself will link.
    let mut rustc = vec![told("RUSTC")];
    rustc.extend(told("CARGO_ENCODED_RUSTFLAGS").split('\u{1f}').filter(|f| !f.is_empty()).map(str::to_owned));
    rustc.extend(std::env::var("RUSTC_LINKER").ok().map(|linker| format!("-Clinker={linker}")));
    for flag in FLAGS {
        if links_and_runs(&rustc, Path::new(&told("OUT_DIR")), flag) {
            println!("cargo::rustc-link-arg-bins={flag}");
        }
    }
}

fn links_and_runs(rustc: &[String], dir: &Path, flag: &str) -> bool {
    let (source, program) = (dir.join("nothing.rs"), dir.join("nothing"));
    if std::fs::write(&source, "fn main() {}").is_err() {
        return false;
    }
    let ran = |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    ran(Command::new(&rustc[0]).args(&rustc[1..]).arg(format!("-Clink-arg={flag}")).arg("-o").arg(&program).arg(&source)) && ran(&mut Command::new(&program))
}
