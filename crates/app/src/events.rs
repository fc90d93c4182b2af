//! Telling shells what changed.

use std::sync::{Arc, Mutex, PoisonError};

use crate::types::AppEvent;

type Listener = Arc<dyn Fn(&AppEvent) + Send + Sync>;

#[derive(Default)]
pub(crate) struct Listeners(Mutex<Vec<Listener>>);

impl Listeners {
    pub fn add(&self, listener: Listener) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    pub fn tell(&self, event: &AppEvent) {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for listener in listeners {
            listener(event);
        }
    }
}
