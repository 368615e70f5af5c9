//! Entry point: passes the arguments to the command line and returns its exit code.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(kenshin::run(std::env::args_os()))
}
