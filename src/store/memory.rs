//! Memory that is free goes back to the system. The C library of Linux would keep it: what is large in
//! the midst of what is small, and what threads let go of for those threads.
//! The one room with `unsafe` in it: no crate offers either call.
#![expect(unsafe_code, reason = "two calls of the C library")]

/// From this many bytes on, each piece of memory is one of its own, and goes back when it is let go of.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: i32 = 256 * 1024;

/// Keeps what is large apart from what is small, from the first on: left to itself the library stops
/// doing so once something large was let go of. To be called at the start of the program.
pub fn keep_large_apart() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: takes two numbers; no other thread asks for memory yet.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

/// Gives back what was let go of in pieces between what is still held: after looking through the whole
/// store that is half as much as the desk itself has. Takes some milliseconds: for after large work only.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: takes a number of bytes to keep, and touches nothing that is held.
    unsafe {
        libc::malloc_trim(0);
    }
}
