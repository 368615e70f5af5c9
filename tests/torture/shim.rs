//! A file layer that fails on demand. Built as a shared library by `faults.rs` and preloaded, so
//! that the real binary's writes and syncs go through it.
//!
//! `FAULT_DIR`: applies only to files under it. `FAULT_KIND`: `write` (EIO), `full` (ENOSPC),
//! `short` (writes half), `sync` (EIO). `FAULT_AT`: the first call that fails, counted over calls
//! of that kind. `FAULT_ONCE`: only that call fails.

#![allow(clippy::all)]

use std::ffi::{CStr, c_char, c_int, c_long, c_void};
use std::sync::atomic::{AtomicU64, Ordering};

unsafe extern "C" {
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    fn readlink(path: *const c_char, buffer: *mut c_char, size: usize) -> isize;
    fn getenv(name: *const c_char) -> *const c_char;
    fn __errno_location() -> *mut c_int;
}

const NEXT: *mut c_void = -1_isize as *mut c_void;
const EIO: c_int = 5;
const ENOSPC: c_int = 28;

static CALLS: AtomicU64 = AtomicU64::new(0);

fn variable(name: &CStr) -> Option<&'static str> {
    let found = unsafe { getenv(name.as_ptr()) };
    if found.is_null() { None } else { unsafe { CStr::from_ptr(found) }.to_str().ok() }
}

fn is_ours(fd: c_int) -> bool {
    let Some(dir) = variable(c"FAULT_DIR") else { return false };
    let link = format!("/proc/self/fd/{fd}\0");
    let mut buffer = [0 as c_char; 512];
    let n = unsafe { readlink(link.as_ptr().cast(), buffer.as_mut_ptr(), buffer.len()) };
    n > 0 && unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast::<u8>(), n as usize) }.starts_with(dir.as_bytes())
}

/// Whether this call must fail.
fn fails(fd: c_int, kinds: &[&str]) -> Option<&'static str> {
    let kind = variable(c"FAULT_KIND").filter(|k| kinds.contains(k))?;
    if !is_ours(fd) {
        return None;
    }
    let at: u64 = variable(c"FAULT_AT")?.parse().ok()?;
    let n = CALLS.fetch_add(1, Ordering::SeqCst);
    let hit = if variable(c"FAULT_ONCE").is_some() { n == at } else { n >= at };
    hit.then_some(kind)
}

fn refuse(code: c_int) -> isize {
    unsafe { *__errno_location() = code };
    -1
}

unsafe fn next<F: Copy>(name: &CStr) -> F {
    let found = unsafe { dlsym(NEXT, name.as_ptr()) };
    unsafe { std::mem::transmute_copy(&found) }
}

const WRITES: [&str; 3] = ["write", "full", "short"];

#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, bytes: *const c_void, n: usize) -> isize {
    let real: unsafe extern "C" fn(c_int, *const c_void, usize) -> isize = unsafe { next(c"write") };
    match fails(fd, &WRITES) {
        Some("short") if n > 1 => unsafe { real(fd, bytes, n / 2) },
        Some("full" | "short") => refuse(ENOSPC),
        Some(_) => refuse(EIO),
        None => unsafe { real(fd, bytes, n) },
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(fd: c_int, bytes: *const c_void, n: usize, at: c_long) -> isize {
    let real: unsafe extern "C" fn(c_int, *const c_void, usize, c_long) -> isize = unsafe { next(c"pwrite64") };
    match fails(fd, &WRITES) {
        Some("short") if n > 1 => unsafe { real(fd, bytes, n / 2, at) },
        Some("full" | "short") => refuse(ENOSPC),
        Some(_) => refuse(EIO),
        None => unsafe { real(fd, bytes, n, at) },
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn fsync(fd: c_int) -> c_int {
    let real: unsafe extern "C" fn(c_int) -> c_int = unsafe { next(c"fsync") };
    if fails(fd, &["sync"]).is_some() { refuse(EIO) as c_int } else { unsafe { real(fd) } }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn fdatasync(fd: c_int) -> c_int {
    let real: unsafe extern "C" fn(c_int) -> c_int = unsafe { next(c"fdatasync") };
    if fails(fd, &["sync"]).is_some() { refuse(EIO) as c_int } else { unsafe { real(fd) } }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn sync_file_range(fd: c_int, from: c_long, n: c_long, flags: u32) -> c_int {
    let real: unsafe extern "C" fn(c_int, c_long, c_long, u32) -> c_int = unsafe { next(c"sync_file_range") };
    if fails(fd, &["sync"]).is_some() { refuse(EIO) as c_int } else { unsafe { real(fd, from, n, flags) } }
}
