//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    kenshin::store::memory::keep_large_apart();
    std::process::ExitCode::from(kenshin::cli::run(std::env::args_os()))
}
