//! Rhyme by sound, from the last stressed vowel on.

use score::{Phoneme, PhonemeClass, Stress, Word};

/// How well two words rhyme, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RhymeQuality {
    /// No rhyme, or the same word twice.
    None,
    /// Only the vowels agree: "time", "night".
    Assonance,
    /// The vowels agree and the consonants are related: "time", "fine".
    Family,
    /// Everything from the stressed vowel on agrees and what comes before differs: "day", "away".
    Perfect,
}

/// Compares two words from their last stressed vowel to their end.
pub fn rhymes(a: &Word, b: &Word) -> RhymeQuality {
    let (Some((onset_a, tail_a)), Some((onset_b, tail_b))) = (tail(a), tail(b)) else {
        return RhymeQuality::None;
    };
    if tail_a == tail_b {
        return if onset_a == onset_b { RhymeQuality::None } else { RhymeQuality::Perfect };
    }
    let vowels = |sounds: &[Phoneme]| sounds.iter().copied().filter(|s| s.is_vowel()).collect::<Vec<_>>();
    if vowels(&tail_a) != vowels(&tail_b) {
        return RhymeQuality::None;
    }
    let related = tail_a.len() == tail_b.len() && tail_a.iter().zip(&tail_b).all(|(x, y)| x == y || family(*x, *y));
    if related { RhymeQuality::Family } else { RhymeQuality::Assonance }
}

/// The consonants before the last stressed vowel of the word, and the sounds from that vowel on.
fn tail(word: &Word) -> Option<(Vec<Phoneme>, Vec<Phoneme>)> {
    let strong = |wanted: Stress| word.syllables.iter().rposition(|s| s.stress >= wanted);
    let from = strong(Stress::Secondary).or(word.syllables.len().checked_sub(1))?;
    let stressed = &word.syllables.get(from)?.phonemes;
    let vowel = stressed.iter().position(|s| s.is_vowel())?;
    let mut sounds = stressed[vowel..].to_vec();
    sounds.extend(word.syllables[from + 1..].iter().flat_map(|s| &s.phonemes));
    // A full and a reduced "uh" are one vowel to the ear.
    sounds.iter_mut().filter(|s| **s == Phoneme::AX).for_each(|s| *s = Phoneme::AH);
    // So are the vowels of "here" and "year", which dictionaries write in two ways.
    for at in 1..sounds.len() {
        if sounds[at] == Phoneme::R && sounds[at - 1] == Phoneme::IY {
            sounds[at - 1] = Phoneme::IH;
        }
    }
    Some((stressed[..vowel].to_vec(), sounds))
}

/// Consonants that pass for each other in song: same manner, voiced or not.
fn family(a: Phoneme, b: Phoneme) -> bool {
    use PhonemeClass::*;
    let kind = |sound: Phoneme| match sound.class() {
        Stop | VoicedStop => 1,
        Affricate | VoicedAffricate => 2,
        Fricative | VoicedFricative => 3,
        Nasal => 4,
        Approximant => 5,
        Vowel | Diphthong | Aspirate => 0,
    };
    kind(a) != 0 && kind(a) == kind(b)
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::*;

    fn word(text: &str) -> Word {
        Word { text: text.into(), syllables: Lexicon::load().pronounce(text), is_name: false }
    }

    #[test]
    fn ears_agree() {
        use RhymeQuality::*;
        for (a, b, expected) in [
            ("day", "away", Perfect),
            ("again", "when", Perfect),
            ("time", "fine", Family),
            ("heart", "start,", Perfect),
            ("time", "night", Assonance),
            ("day", "day", None),
            ("sight", "site", None),
            ("moon", "cat", None),
            ("here", "year", Perfect),
            ("feather", "together", Perfect),
        ] {
            assert_eq!(rhymes(&word(a), &word(b)), expected, "{a}/{b}");
            assert_eq!(rhymes(&word(b), &word(a)), expected, "{b}/{a}");
        }
    }
}
