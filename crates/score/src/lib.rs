//! The values a song is made of: what the user told us, the words, the notes, and where a take came from.
//!
//! Pure data: no files, no clock, no randomness but [`Seed`]. Every other crate speaks in these types.

mod brief;
mod lyrics;
mod notes;
mod phoneme;
mod seed;
mod take;

pub use brief::{Brief, BriefError, Language, Mood, Occasion, Style, MAX_FACTS, MAX_FACT_CHARS, MAX_NAME_CHARS};
pub use lyrics::{Line, Lyrics, Section, SectionKind, Stress, Syllable, SyllableRef, Word};
pub use notes::{
    Chord, ChordQuality, ChordSpan, Instrument, KeySignature, Meter, Note, Part, Scale, Score, SectionSpan, StemKind,
    SungNote, Tempo, Ticks, PPQ,
};
pub use phoneme::{Phoneme, PhonemeClass, UnknownPhoneme};
pub use seed::Seed;
pub use take::{AssetHash, Loudness, Provenance, TakeNumber, TimedLine, TimedSection, TimedSyllable, Timeline};
