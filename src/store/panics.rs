//! sled panics where its file is damaged and where a sync fails. That is one more way in which a store
//! can fail: it is caught, and told like the others.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::failure::Failure;

thread_local! {
    static SHIELDED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Whether the last panic came out of sled's own code.
static SLED: AtomicBool = AtomicBool::new(false);

/// Does some work on a store that answers nothing.
pub fn shielded_work(home: &Path, work: impl FnOnce()) -> Result<(), Failure> {
    shielded(home, || {
        work();
        Ok(())
    })
}

/// Does some work on a store. A panic of sled's becomes a failure; any other goes on.
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

fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("sled could not go on").to_owned()
}

/// Whether a panic is sled's and will be told as a failure: then nobody else need hear of it.
pub fn is_told(info: &PanicHookInfo<'_>) -> bool {
    let sled = info.location().is_some_and(|l| l.file().contains("sled-"));
    SLED.store(sled, Ordering::SeqCst);
    // sled's own threads have nobody to tell: who waits for them fails in their place.
    let own_thread = std::thread::current()
        .name()
        .is_none_or(|n| n.starts_with("sled"));
    sled && (own_thread || SHIELDED.with(|n| n.get() > 0))
}

/// From here on what is told as a failure is not printed as a panic too.
pub fn silence_panics() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_told(info) {
            hook(info);
        }
    }));
}
