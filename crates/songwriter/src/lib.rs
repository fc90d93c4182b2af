//! Brief to words, words to a whole score: the songwriter.

mod arrange;
mod pronounce;
mod tune;

pub use pronounce::{parse_say, rhymes, Lexicon, RhymeQuality};
pub use tune::{compose, measure, ComposeError, MelodyMeasures, MAX_LINE_SYLLABLES, MAX_SYLLABLES};
