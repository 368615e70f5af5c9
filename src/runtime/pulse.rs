//! Shows that the store's thread is working: it counts its steps, and a waiting thread checks that
//! the count grows. This file must not know the work.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A counter shared by the store's thread and the threads that wait for it.
#[derive(Clone, Default)]
pub struct Pulse(Arc<AtomicU64>);

impl Pulse {
    /// Counts one more step.
    pub fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
