//! Memory that is free goes back to the system.

/// Gives back what was let go of. The C library of Linux keeps it for the thread that had it, in
/// pieces between what is still held; after looking through the whole store that is as much as the
/// desk itself. Takes some milliseconds: for after large work only.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: takes a number of bytes to keep, and touches nothing that is held.
    #[expect(unsafe_code, reason = "no crate offers it")]
    unsafe {
        libc::malloc_trim(0);
    }
}
