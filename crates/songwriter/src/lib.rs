//! Brief to words, words to a whole score: the songwriter.

mod arrange;
mod pronounce;
mod tune;
mod words;

pub use pronounce::{parse_say, rhymes, Lexicon, RhymeQuality};
pub use tune::{compose, measure, ComposeError, MelodyMeasures, MAX_LINE_SYLLABLES, MAX_SYLLABLES};
pub use words::{lyrics_from_text, title, write_lyrics, WordsError};
