//! Brief to words, words to a whole score: the songwriter.

mod arrange;
mod pronounce;
mod tune;
mod words;

pub use pronounce::{Lexicon, RhymeQuality, parse_say, rhymes};
pub use tune::{ComposeError, MAX_LINE_SYLLABLES, MAX_SYLLABLES, MelodyMeasures, compose, measure};
pub use words::{WordsError, lyrics_from_text, title, write_lyrics};
