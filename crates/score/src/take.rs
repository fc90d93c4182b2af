//! One generation: when everything in it sounds, how loud it is, and where it came from.

use serde::{Deserialize, Serialize};

use crate::Seed;

/// Which take of a request this is, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TakeNumber(pub u32);

/// When sections, lines and syllables sound, in seconds from the start of the audio.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Timeline {
    pub duration_s: f64,
    pub sections: Vec<TimedSection>,
    pub lyrics: Vec<TimedLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimedSection {
    /// "intro", "verse 1", "chorus 2": numbered where there are several.
    pub name: String,
    pub start_s: f64,
    pub end_s: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimedLine {
    pub start_s: f64,
    pub end_s: f64,
    pub text: String,
    pub syllables: Vec<TimedSyllable>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimedSyllable {
    pub start_s: f64,
    pub end_s: f64,
    /// The letters, with a trailing space where a word ends.
    pub text: String,
    /// MIDI note numbers it is sung on, in order.
    pub midi: Vec<u8>,
}

/// Loudness of a finished mix. Source: ITU-R BS.1770-4, EBU R 128.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Loudness {
    /// Integrated loudness in LUFS.
    pub lufs: f64,
    /// Highest true peak of both channels in dBTP.
    pub true_peak_dbtp: f64,
}

/// What is needed to make the same bytes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// "songsmith".
    pub engine: String,
    pub engine_version: String,
    pub seed: Seed,
    /// Every asset that shaped the sound (voice, SoundFont, weights), by the hash of its bytes.
    pub assets: Vec<AssetHash>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetHash {
    pub name: String,
    /// Lower-case hex.
    pub sha256: String,
    /// SPDX identifier or the licence's own name.
    pub licence: String,
}
