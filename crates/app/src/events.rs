//! Telling shells what changed.

use std::sync::{Mutex, PoisonError};

use crate::types::AppEvent;

type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

#[derive(Default)]
pub(crate) struct Listeners(Mutex<Vec<Listener>>);

impl Listeners {
    pub fn add(&self, listener: Listener) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    pub fn tell(&self, event: &AppEvent) {
        for listener in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(event);
        }
    }
}
