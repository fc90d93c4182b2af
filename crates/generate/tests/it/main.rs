//! Whole songs, measured.

mod assets;
mod exports;
mod instruments;
mod songs;

use std::ops::ControlFlow;

use generate::{Assets, Engine, GenerateError, Progress, Rendering, Request, Songsmith};
use score::{Brief, Language, Mood, Occasion, Seed, Style};

pub fn mia() -> Brief {
    Brief {
        occasion: Occasion::Birthday,
        name: "Mia".into(),
        say: None,
        age: Some(7),
        facts: vec!["dinosaurs".into(), "her dog Biscuit".into()],
        mood: Mood::Joyful,
        style: Style::Pop,
        language: Language::English,
    }
}

pub fn request(brief: Brief, seed: u64) -> Request {
    Request { brief, seed: Seed(seed), lyrics: None }
}

/// The engine with the packages' voice and SoundFont, which `make test` installs.
pub fn full() -> Songsmith {
    let assets = Assets::find(&[]).unwrap();
    assert!(
        assets.voice.is_some() && assets.soundfont.is_some(),
        "the voice or the SoundFont is missing; `make test` installs festvox-us-slt-hts and fluid-soundfont-gm"
    );
    Songsmith::new(assets)
}

/// The engine without any file.
pub fn bare() -> Songsmith {
    Songsmith::new(Assets::NONE)
}

pub fn make(engine: &dyn Engine, request: &Request) -> Result<Rendering, GenerateError> {
    engine.generate(request, &mut |_: Progress| ControlFlow::Continue(()))
}
