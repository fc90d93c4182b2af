//! The values a song is made of: what the user told us, the words, the notes, and where a take came from.
//!
//! Pure data: no files, no clock, no randomness but [`Seed`]. Every other crate speaks in these types.

mod brief;
mod lyrics;
mod notes;
mod phoneme;
mod seed;
mod take;

pub use brief::{Brief, BriefError, Language, MAX_FACT_CHARS, MAX_FACTS, MAX_NAME_CHARS, Mood, Occasion, Style};
pub use lyrics::{Line, Lyrics, Section, SectionKind, Stress, Syllable, SyllableRef, Word};
pub use notes::{
    Chord, ChordQuality, ChordSpan, Instrument, KeySignature, Meter, Note, PPQ, Part, Scale, Score, SectionSpan,
    StemKind, SungNote, Tempo, Ticks,
};
pub use phoneme::{Phoneme, PhonemeClass, UnknownPhoneme};
pub use seed::Seed;
pub use take::{AssetHash, Loudness, Provenance, TakeNumber, TimedLine, TimedSection, TimedSyllable, Timeline};
