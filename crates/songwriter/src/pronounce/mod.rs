//! How words sound: dictionary, names from many countries, letter-to-sound rules, "sounds like" spelling, rhyme.
//!
//! The dictionary is CMUdict (Carnegie Mellon University, BSD-2-Clause style licence; its notice belongs to the third-party notices).

mod fold;
mod letters;
mod names;
mod numbers;
mod rhyme;
mod say;
mod syllables;

use std::sync::OnceLock;

use score::{Phoneme, Stress, Syllable};

pub(crate) use numbers::spelled;
pub use rhyme::{RhymeQuality, rhymes};
pub use say::parse_say;
pub(crate) use syllables::spread;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// One sound and, for vowels, how strongly it is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phone {
    pub sound: Phoneme,
    pub stress: Stress,
}

impl Phone {
    /// Reads `IY1`, `AH0`, `K`. Unknown symbols give `None`.
    fn read(symbol: &str) -> Option<Self> {
        let stress = match symbol.as_bytes().last() {
            Some(b'1') => Stress::Primary,
            Some(b'2') => Stress::Secondary,
            _ => Stress::None,
        };
        symbol.parse().ok().map(|sound| Self { sound, stress })
    }
}

/// Reads a typed pronunciation such as `M IY1 AH0`.
fn arpabet(text: &str) -> Vec<Phone> {
    text.split_ascii_whitespace().filter_map(Phone::read).collect()
}

/// The pronunciations of English words and of names.
pub struct Lexicon {
    symbols: Vec<Phone>,
    ends: &'static [u8],
    entries: &'static [u8],
}

impl Lexicon {
    /// The lexicon built into the program; nothing is parsed but the list of symbols.
    pub fn load() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::open(TABLE))
    }

    /// Reads the table that `build.rs` wrote.
    fn open(table: &'static [u8]) -> Self {
        let header_end = table.iter().position(|byte| *byte == b'\n').unwrap_or(table.len());
        let header = table.get(2..header_end).unwrap_or_default();
        let symbols = String::from_utf8_lossy(header).split(' ').filter_map(Phone::read).collect();
        let rest = table.get(header_end + 1..).unwrap_or_default();
        let count = rest.first_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
        let ends = rest.get(4..4 + 4 * count).unwrap_or_default();
        let entries = rest.get(4 + 4 * count..).unwrap_or_default();
        Self { symbols, ends, entries }
    }

    /// Whether the dictionary or the list of names knows the word, whatever its case and accents.
    pub fn contains(&self, word: &str) -> bool {
        let folded = fold::folded(word);
        names::find(&folded).is_some() || self.lookup(&folded).is_some()
    }

    /// The syllables of a word as it is written, punctuation and all: their texts joined give the word back.
    ///
    /// Never empty for a word with a Latin letter or a digit; each syllable has exactly one vowel.
    pub fn pronounce(&self, word: &str) -> Vec<Syllable> {
        let mut syllables: Vec<Syllable> = Vec::new();
        let mut waiting = String::new();
        for piece in pieces(word) {
            let phones = self.phones(piece);
            if phones.is_empty() {
                match syllables.last_mut() {
                    Some(last) => last.text.push_str(piece),
                    None => waiting.push_str(piece),
                }
                continue;
            }
            let mut more = syllables::build(piece, &phones);
            if let Some(first) = more.first_mut() {
                first.text.insert_str(0, &std::mem::take(&mut waiting));
            }
            syllables.extend(more);
        }
        syllables
    }

    /// The sounds of one piece: letters, digits, or nothing for anything else.
    fn phones(&self, piece: &str) -> Vec<Phone> {
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            return numbers::words(piece).iter().flat_map(|word| self.word(word)).collect();
        }
        let folded = fold::folded(piece);
        if folded.is_empty() {
            return Vec::new();
        }
        let capitals = piece.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if capitals && (2..=4).contains(&folded.len()) && !self.contains(&folded) {
            return folded.chars().flat_map(|letter| self.word(letter.encode_utf8(&mut [0; 4]))).collect();
        }
        self.word(&folded)
    }

    /// The sounds of a folded word.
    fn word(&self, folded: &str) -> Vec<Phone> {
        if let Some(phones) = names::find(folded) {
            return arpabet(phones);
        }
        if let Some(phones) = self.lookup(folded) {
            return phones;
        }
        let stem = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('s').filter(|stem| stem.len() > 2));
        if let Some(stem) = stem {
            let known = names::find(stem).map(arpabet).or_else(|| self.lookup(stem));
            if let Some(phones) = known.or_else(|| folded.ends_with("'s").then(|| letters::read(stem))) {
                return with_s(phones);
            }
        }
        letters::read(&folded.replace('\'', ""))
    }

    fn lookup(&self, word: &str) -> Option<Vec<Phone>> {
        let (mut low, mut high) = (0, self.ends.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = self.entry(middle)?;
            let letters = entry.iter().position(|byte| *byte >= 0x80)?;
            match entry[..letters].cmp(word.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let sounds =
                        entry[letters..].iter().map(|byte| self.symbols.get(usize::from(byte - 0x80)).copied());
                    // A few dictionary entries have no vowel ("mmm"): the rules give them one.
                    return sounds.collect::<Option<Vec<_>>>().filter(|all| all.iter().any(|p| p.sound.is_vowel()));
                }
            }
        }
        None
    }

    fn entry(&self, index: usize) -> Option<&'static [u8]> {
        let end =
            |i: usize| self.ends.get(4 * i..4 * i + 4)?.first_chunk::<4>().map(|b| u32::from_le_bytes(*b) as usize);
        let start = if index == 0 { 0 } else { end(index - 1)? };
        self.entries.get(start..end(index)?)
    }
}

/// Adds the plural or possessive ending that fits the last sound.
fn with_s(mut phones: Vec<Phone>) -> Vec<Phone> {
    use Phoneme::{AX, CH, JH, S, SH, Z, ZH};
    let last = phones.last().map(|phone| phone.sound);
    let plain = |sound| Phone { sound, stress: Stress::None };
    match last {
        Some(S | Z | SH | ZH | CH | JH) => phones.extend([plain(AX), plain(Z)]),
        Some(sound) if !sound.is_voiced() => phones.push(plain(S)),
        _ => phones.push(plain(Z)),
    }
    phones
}

/// Cuts a word into runs of letters (with inner apostrophes), runs of digits, and the rest.
fn pieces(word: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Run {
        Letters,
        Digits,
        Other,
    }
    let mut runs: Vec<(Run, std::ops::Range<usize>)> = Vec::new();
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| fold::is_letter(*next));
        let before = runs.last().map(|(run, _)| *run);
        let run = if fold::is_letter(c) || (fold::is_mark(c) && before == Some(Run::Letters)) {
            Run::Letters
        } else if c.is_ascii_digit() {
            Run::Digits
        } else if fold::is_apostrophe(c) && next_is_letter && before == Some(Run::Letters) {
            Run::Letters
        } else {
            Run::Other
        };
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some((last, range)) if *last == run => range.end = end,
            _ => runs.push((run, at..end)),
        }
    }
    runs.into_iter().filter_map(|(_, range)| word.get(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lexicon = Lexicon::load();
        assert!(lexicon.symbols.len() >= 69 && lexicon.ends.len() / 4 > 120_000);
        for word in ["a", "birthday", "zoe", "don't", "zywicki"] {
            assert!(lexicon.lookup(word).is_some(), "{word}");
        }
        assert!(lexicon.lookup("qzqz").is_none());
    }

    #[test]
    fn words_are_cut_at_marks_and_digits() {
        assert_eq!(pieces("“Anne-Marie’s!”"), ["“", "Anne", "-", "Marie’s", "!”"]);
        assert_eq!(pieces("R2D2"), ["R", "2", "D", "2"]);
    }

    #[test]
    fn plurals_of_unknown_words_follow_their_last_sound() {
        assert_eq!(with_s(arpabet("K AE1 T")).last().map(|p| p.sound), Some(Phoneme::S));
        assert_eq!(with_s(arpabet("D AO1 G")).last().map(|p| p.sound), Some(Phoneme::Z));
        assert_eq!(with_s(arpabet("R OW1 Z")).len(), 5);
    }
}
