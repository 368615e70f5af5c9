//! sled panics if its file is damaged or a sync fails. These panics are caught and returned as
//! failures.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::failure::Failure;

thread_local! {
    static SHIELDED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    static CONTAINED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether the last panic came from sled's code.
static SLED: AtomicBool = AtomicBool::new(false);

/// Runs a closure on a store, without a result.
pub fn shielded_work(home: &Path, work: impl FnOnce()) -> Result<(), Failure> {
    shielded(home, || {
        work();
        Ok(())
    })
}

/// Runs a closure on a store. A panic of sled becomes a failure; any other continues.
pub fn shielded<T>(home: &Path, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    SHIELDED.with(|n| n.set(n.get() + 1));
    let done = catch_unwind(AssertUnwindSafe(work));
    SHIELDED.with(|n| n.set(n.get() - 1));
    done.unwrap_or_else(|panic| {
        if !SLED.swap(false, Ordering::SeqCst) {
            resume_unwind(panic);
        }
        Err(Failure::Damaged {
            path: home.join("store").display().to_string(),
            reason: reason(&*panic),
        })
    })
}

/// Runs work that reads a stranger's data. Any panic becomes its text, and is not printed.
///
/// # Errors
/// The text of the panic.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    CONTAINED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(false);
    done.map_err(|panic| reason(&*panic))
}

fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the work could not go on").to_owned()
}

/// Whether a panic is returned as a failure, so that it need not be printed: one of sled, or one of
/// contained work.
pub fn is_told(info: &PanicHookInfo<'_>) -> bool {
    if CONTAINED.get() {
        return true;
    }
    let sled = info.location().is_some_and(|l| l.file().contains("sled-"));
    SLED.store(sled, Ordering::SeqCst);
    // A panic in one of sled's threads is ignored: the thread that waits for it fails instead.
    let own_thread = std::thread::current()
        .name()
        .is_none_or(|n| n.starts_with("sled"));
    sled && (own_thread || SHIELDED.with(|n| n.get() > 0))
}

/// Stops printing the panics that are returned as failures.
pub fn silence_panics() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_told(info) {
            hook(info);
        }
    }));
}
