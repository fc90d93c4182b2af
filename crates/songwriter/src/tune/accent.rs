//! Which syllables of a line want a beat.

use score::{Line, Lyrics, Stress, SyllableRef, Word};

/// How much a syllable wants a beat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Accent {
    Weak,
    Light,
    Strong,
}

/// Words of one syllable that speech does not stress, whatever a dictionary says.
const FUNCTION_WORDS: &[&str] = &[
    "a", "am", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "he", "he's", "her", "him", "his", "i", "i'd", "i'll", "i'm", "i've", "if", "in",
    "is", "it", "it's", "its", "just", "may", "me", "my", "of", "on", "or", "our", "out", "she", "she's", "should",
    "so", "some", "than", "that", "that's", "the", "their", "them", "there", "there's", "these", "they", "they're",
    "this", "those", "through", "till", "to", "up", "us", "was", "we", "we'll", "we're", "we've", "were", "when",
    "while", "who", "will", "with", "would", "you", "you'll", "you're", "you've", "your",
];

/// The accent of a syllable within its word.
pub(crate) fn accent(word: &Word, syllable_in_word: usize) -> Accent {
    let Some(syllable) = word.syllables.get(syllable_in_word) else {
        return Accent::Weak;
    };
    if word.is_name && word.syllables.len() == 1 {
        return Accent::Strong;
    }
    if word.syllables.len() == 1 && !word.is_name {
        let bare = word.text.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
        if FUNCTION_WORDS.contains(&bare.as_str()) {
            return Accent::Weak;
        }
    }
    match syllable.stress {
        Stress::None => Accent::Weak,
        Stress::Secondary => Accent::Light,
        Stress::Primary => Accent::Strong,
    }
}

/// What the composer needs to know of a line's syllables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineShape {
    pub syllables: Vec<SyllableShape>,
    /// Index of the name's stressed syllable, where the line has the name.
    pub name_peak: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyllableShape {
    pub accent: Accent,
    /// Whether another syllable of the same word follows.
    pub inside_word: bool,
    pub of_name: bool,
}

impl LineShape {
    pub fn of(line: &Line) -> Self {
        let mut syllables = Vec::new();
        let mut name_peak = None;
        for word in &line.words {
            let last = word.syllables.len().saturating_sub(1);
            let first_of_word = syllables.len();
            for index in 0..word.syllables.len() {
                syllables.push(SyllableShape {
                    accent: accent(word, index),
                    inside_word: index < last,
                    of_name: word.is_name,
                });
            }
            if word.is_name && !word.syllables.is_empty() && name_peak.is_none() {
                let stressed = word.syllables.iter().position(|s| s.stress == Stress::Primary).unwrap_or(0);
                name_peak = Some(first_of_word + stressed);
            }
        }
        Self { syllables, name_peak }
    }

    pub fn len(&self) -> usize {
        self.syllables.len()
    }
}

/// The accent of every syllable of the song, in singing order.
pub(crate) fn accents(lyrics: &Lyrics) -> Vec<Accent> {
    lyrics.syllables().iter().map(|at: &SyllableRef<'_>| accent(at.word, at.syllable_in_word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use score::{Phoneme, Syllable};

    fn word(text: &str, stresses: &[Stress], is_name: bool) -> Word {
        let syllables = stresses
            .iter()
            .map(|stress| Syllable { text: text.into(), phonemes: vec![Phoneme::AX], stress: *stress })
            .collect();
        Word { text: text.into(), syllables, is_name }
    }

    #[test]
    fn little_words_are_weak_and_names_are_not() {
        assert_eq!(accent(&word("You,", &[Stress::Primary], false), 0), Accent::Weak);
        assert_eq!(accent(&word("Will", &[Stress::Primary], true), 0), Accent::Strong);
        assert_eq!(accent(&word("cake", &[Stress::Primary], false), 0), Accent::Strong);
    }

    #[test]
    fn the_peak_is_the_names_stressed_syllable() {
        let line = Line {
            text: "dear Marie".into(),
            words: vec![word("dear", &[Stress::Primary], false), word("Marie", &[Stress::None, Stress::Primary], true)],
        };
        assert_eq!(LineShape::of(&line).name_peak, Some(2));
    }
}
