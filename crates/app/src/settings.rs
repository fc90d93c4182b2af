//! What the user chose once and wants kept.

use crate::App;
use crate::error::Result;
use crate::making::choices;
use crate::types::{ApiError, AppEvent, AppInfo, Settings};

impl App {
    pub fn settings(&self) -> Result<Settings> {
        let settings: Settings = self.library.setting("settings")?.unwrap_or_default();
        Ok(Settings { volume: self.library.setting("volume")?.unwrap_or(settings.volume), ..settings })
    }

    /// Saves the settings but for the volume, which only [`App::set_volume`] changes; a new audio device is used at once, in the middle of a song if need be.
    pub fn save_settings(&self, settings: &Settings) -> Result<()> {
        for (what, value, allowed) in [
            ("language", &settings.language, ["auto", "en", "zh"]),
            ("theme", &settings.theme, ["auto", "light", "dark"]),
        ] {
            if !allowed.contains(&value.as_str()) {
                return Err(ApiError::bad_input(format!(
                    "there is no {what} “{value}”; choose one of: {}",
                    allowed.join(", ")
                )));
            }
        }
        let device_changed = self.settings()?.device != settings.device;
        self.library.set_setting("settings", settings)?;
        if device_changed {
            self.follow_device(settings)?;
        }
        self.tell(AppEvent::Changed);
        Ok(())
    }

    pub fn info(&self) -> Result<AppInfo> {
        Ok(AppInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            home: self.home.root().to_owned(),
            singer: self.engine.singer().to_owned(),
            band: self.engine.band().to_owned(),
            settings: self.settings()?,
            choices: choices(),
        })
    }
}
