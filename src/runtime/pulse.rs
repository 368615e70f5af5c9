//! Whether the store's thread gets on: it counts what it does, and whoever waits for it looks whether
//! the count moves. It must not know what is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count that the store's thread and those who wait for it share.
#[derive(Clone, Default)]
pub struct Pulse(Arc<AtomicU64>);

impl Pulse {
    /// Something more is done.
    pub fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
