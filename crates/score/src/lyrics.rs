//! The words of a song, down to the sounds of each syllable.

use serde::{Deserialize, Serialize};

use crate::{Language, Phoneme};

/// The words of a whole song in singing order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lyrics {
    pub title: String,
    pub language: Language,
    pub sections: Vec<Section>,
    /// Indices into the brief's facts that no line could use.
    pub unused_facts: Vec<usize>,
}

/// A verse, chorus or bridge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub kind: SectionKind,
    pub lines: Vec<Line>,
}

/// What a section does in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    Intro,
    Verse,
    Chorus,
    Bridge,
    Outro,
}

impl SectionKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intro => "intro",
            Self::Verse => "verse",
            Self::Chorus => "chorus",
            Self::Bridge => "bridge",
            Self::Outro => "outro",
        }
    }
}

/// One sung line; its text is the words joined as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub text: String,
    pub words: Vec<Word>,
}

/// A written word and how it is sung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    pub text: String,
    pub syllables: Vec<Syllable>,
    /// Whether this is the name of the person the song is for.
    pub is_name: bool,
}

/// The smallest sung unit: exactly one vowel with the consonants around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Syllable {
    /// The letters shown while it is sung.
    pub text: String,
    pub phonemes: Vec<Phoneme>,
    pub stress: Stress,
}

/// How strongly a syllable is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stress {
    None,
    Secondary,
    Primary,
}

/// A syllable with its place in the song.
#[derive(Debug, Clone, Copy)]
pub struct SyllableRef<'a> {
    /// Place in [`Lyrics::syllables`]; what [`crate::SungNote::syllable`] holds.
    pub index: usize,
    /// Index into [`Lyrics::sections`].
    pub section: usize,
    /// Line number counted over the whole song.
    pub line: usize,
    pub word: &'a Word,
    /// Index of the word within its line.
    pub word_in_line: usize,
    /// Index of the syllable within its word.
    pub syllable_in_word: usize,
    pub syllable: &'a Syllable,
}

impl Lyrics {
    /// Every line in singing order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    /// Every syllable in singing order, with its place.
    pub fn syllables(&self) -> Vec<SyllableRef<'_>> {
        let mut all = Vec::new();
        let mut line_number = 0;
        for (section_index, section) in self.sections.iter().enumerate() {
            for line in &section.lines {
                for (word_in_line, word) in line.words.iter().enumerate() {
                    for (syllable_in_word, syllable) in word.syllables.iter().enumerate() {
                        all.push(SyllableRef {
                            index: all.len(),
                            section: section_index,
                            line: line_number,
                            word,
                            word_in_line,
                            syllable_in_word,
                            syllable,
                        });
                    }
                }
                line_number += 1;
            }
        }
        all
    }
}

impl Line {
    /// Number of syllables.
    pub fn syllable_count(&self) -> usize {
        self.words.iter().map(|word| word.syllables.len()).sum()
    }
}
