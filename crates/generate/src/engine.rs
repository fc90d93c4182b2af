//! What every engine takes and gives.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use dsp::Stereo;
use score::{Brief, Loudness, Provenance, Score, Seed, StemKind, Timeline};
use serde::{Deserialize, Serialize};

use crate::GenerateError;

/// Something that turns a request into a take.
pub trait Engine: Send + Sync {
    /// The name that provenance records: "songsmith".
    fn name(&self) -> &'static str;

    /// Who sings: "slt" or "formant".
    fn singer(&self) -> &str;

    /// Who plays: "soundfont" or "procedural".
    fn band(&self) -> &str;

    /// Makes one take. Blocks for seconds; `progress` is called on the calling thread and cancels by `Break`.
    ///
    /// # Errors
    /// [`GenerateError::Cancelled`] after a `Break`; otherwise the variant of the stage that failed.
    fn generate(
        &self,
        request: &Request,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Rendering, GenerateError>;
}

/// Everything that decides a take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub brief: Brief,
    pub seed: Seed,
    /// The user's own words with `[Verse]` and `[Chorus]` tags; `None` writes them.
    pub lyrics: Option<String>,
}

/// How far a take has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    pub phase: Phase,
    /// Share of this phase that is done, 0 to 1. `Sing` and `Band` go on side by side.
    pub fraction: f32,
}

/// The stages of a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    Words,
    Tune,
    Sing,
    Band,
    Mix,
}

impl Phase {
    pub const ALL: &'static [Self] = &[Self::Words, Self::Tune, Self::Sing, Self::Band, Self::Mix];
}

/// A finished take in memory, at 48 kHz.
#[derive(Debug, Clone)]
pub struct Rendering {
    pub score: Score,
    pub timeline: Timeline,
    pub mix: Stereo,
    /// Every stem as it sounds in the mix: together they sum to it.
    pub stems: Vec<(StemKind, Stereo)>,
    pub loudness: Loudness,
    pub provenance: Provenance,
    /// Wall-clock seconds of "load", "words", "tune", "sing", "band" and "mix"; "sing" and "band" overlap.
    pub seconds: BTreeMap<&'static str, f64>,
}
