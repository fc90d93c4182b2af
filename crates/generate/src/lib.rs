//! From a brief to a finished take: the engines, the band, the mix, and the files a song is exported as.
//!
//! [`Songsmith`] is the engine that works everywhere: words and tune from `songwriter`, the voice from `voice`, the
//! band from a SoundFont or by calculation. The same request on the same assets gives the same bytes.

mod assets;
pub mod band;
mod cover;
mod engine;
mod error;
mod lrc;
mod midi;
mod mixing;
mod songsmith;
mod timeline;

pub use assets::{ASSETS_VARIABLE, Asset, AssetKind, Assets, FLUID_R3, Manifest, SLT};
pub use cover::cover;
pub use engine::{Engine, Phase, Progress, Rendering, Request};
pub use error::GenerateError;
pub use lrc::lrc;
pub use midi::midi;
pub use mixing::{DryStem, Mixed, mix_song};
pub use songsmith::Songsmith;
pub use timeline::timeline;
