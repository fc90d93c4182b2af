//! "Sounds like" spelling: what people type to show how a name is said ("MEE-ah", "shi-VAWN").

use score::{Phoneme, Stress, Syllable};

use super::{Phone, arpabet, fold, syllables};

/// Spellings of vowels, longest first: letters, sounds.
#[rustfmt::skip]
const VOWELS: &[(&str, &str)] = &[
    ("eigh", "EY"), ("augh", "AO"), ("eye", "AY"), ("igh", "AY"), ("air", "EH R"), ("eer", "IH R"), ("ear", "IH R"), ("ier", "IH R"),
    ("oor", "AO R"), ("ore", "AO R"), ("our", "AW R"), ("ire", "AY R"), ("are", "EH R"), ("uhr", "ER"), ("ehr", "EH R"), ("ahr", "AA R"),
    ("ar", "AA R"), ("er", "ER"), ("ir", "ER"), ("ur", "ER"), ("or", "AO R"), ("ee", "IY"), ("ea", "IY"), ("oo", "UW"), ("ew", "UW"),
    ("ue", "UW"), ("oh", "OW"), ("oe", "OW"), ("oa", "OW"), ("ow", "AW"), ("ou", "UW"), ("ay", "EY"), ("ai", "EY"), ("ey", "EY"),
    ("ei", "EY"), ("ah", "AA"), ("aa", "AA"), ("uh", "AH"), ("aw", "AO"), ("au", "AO"), ("oy", "OY"), ("oi", "OY"), ("eh", "EH"),
    ("ih", "IH"), ("ie", "IY"), ("ae", "AE"), ("uu", "UH"),
];

/// Spellings of consonants, longest first.
#[rustfmt::skip]
const CONSONANTS: &[(&str, &str)] = &[
    ("tch", "CH"), ("dge", "JH"), ("ch", "CH"), ("sh", "SH"), ("th", "TH"), ("dh", "DH"), ("zh", "ZH"), ("kh", "K"), ("gh", "G"),
    ("ph", "F"), ("ng", "NG"), ("nk", "NG K"), ("ck", "K"), ("qu", "K W"), ("wh", "W"), ("b", "B"), ("c", "K"), ("d", "D"), ("f", "F"),
    ("g", "G"), ("h", "HH"), ("j", "JH"), ("k", "K"), ("l", "L"), ("m", "M"), ("n", "N"), ("p", "P"), ("q", "K"), ("r", "R"), ("s", "S"),
    ("t", "T"), ("v", "V"), ("w", "W"), ("x", "K S"), ("y", "Y"), ("z", "Z"),
];

/// Reads a respelling: syllables apart by hyphens, dots or spaces, the stressed one in capitals.
///
/// With no capitals, or nothing but capitals, the first syllable is stressed. Each syllable has exactly one vowel; one
/// typed without any gets a small "uh". Empty only when there is no Latin letter at all.
pub fn parse_say(say: &str) -> Vec<Syllable> {
    let chunks: Vec<&str> =
        say.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '·' | '.' | ',' | '/')).collect();
    let read: Vec<(&str, String)> = chunks
        .into_iter()
        .map(|chunk| (chunk, fold::folded(chunk).replace('\'', "")))
        .filter(|(_, f)| !f.is_empty())
        .collect();
    let loud = |chunk: &str| chunk.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let marked = read.iter().any(|(chunk, _)| loud(chunk)) && !read.iter().all(|(chunk, _)| loud(chunk));
    let mut all = Vec::new();
    for (index, (chunk, letters)) in read.iter().enumerate() {
        let strong = if marked { loud(chunk) } else { index == 0 };
        let mut sounds = sounds(letters);
        if !sounds.iter().any(|sound| sound.is_vowel()) {
            sounds.insert(1.min(sounds.len()), Phoneme::AX);
        }
        let first_vowel = sounds.iter().position(|sound| sound.is_vowel());
        let last = sounds.len() - 1;
        let phone = |(at, sound): (usize, &Phoneme)| {
            let stressed = strong && Some(at) == first_vowel;
            let weak_open = matches!(sound, Phoneme::AH) || (*sound == Phoneme::AA && at == last);
            let sound = if !strong && weak_open { Phoneme::AX } else { *sound };
            Phone { sound, stress: if stressed { Stress::Primary } else { Stress::None } }
        };
        let phones: Vec<Phone> = sounds.iter().enumerate().map(phone).collect();
        all.extend(syllables::build(chunk, &phones));
    }
    all
}

/// The sounds of one respelled syllable of lower-case letters.
fn sounds(letters: &str) -> Vec<Phoneme> {
    let mut out = Vec::new();
    let mut rest = letters;
    while let Some(first) = rest.chars().next() {
        let take = |table: &[(&'static str, &'static str)]| table.iter().copied().find(|(s, _)| rest.starts_with(s));
        let next_is_vowel = |skip: usize| rest[skip..].starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
        let glide = first == 'y' && next_is_vowel(1);
        let (used, phones) = if glide {
            (1, "Y")
        } else if let Some((spelling, phones)) = take(VOWELS) {
            (spelling.len(), phones)
        } else if matches!(first, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
            let tail = &rest[1..];
            let magic = tail.len() == 2 && tail.ends_with('e') && !next_is_vowel(1);
            let alone = out.iter().all(|sound: &Phoneme| !sound.is_vowel());
            let (open, short, long) = match first {
                'a' => ("AA", "AE", "EY"),
                'e' => (if alone { "IY" } else { "" }, "EH", "IY"),
                'i' => ("IY", "IH", "AY"),
                'o' => ("OW", "AA", "OW"),
                'u' => ("UW", "AH", "UW"),
                _ => (if alone && out.len() < 2 { "AY" } else { "IY" }, "IH", "AY"),
            };
            (
                1,
                if tail.is_empty() {
                    open
                } else if magic {
                    long
                } else {
                    short
                },
            )
        } else {
            let (spelling, phones) = take(CONSONANTS).unwrap_or(("", ""));
            let doubled = rest[1..].starts_with(first) && spelling.len() == 1;
            let soft = first == 'c' && spelling == "c" && rest[1..].starts_with(['e', 'i', 'y']);
            let silent_h = first == 'h' && rest.len() == 1 && out.iter().any(|sound| sound.is_vowel());
            let phones = if soft {
                "S"
            } else if silent_h {
                ""
            } else {
                phones
            };
            (spelling.len().max(1) + usize::from(doubled), phones)
        };
        out.extend(arpabet(phones).iter().map(|phone| phone.sound));
        rest = &rest[used..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(say: &str) -> String {
        let one = |s: &Syllable| {
            let sounds: Vec<&str> = s.phonemes.iter().map(|p| p.as_str()).collect();
            format!("{}{}", if s.stress == Stress::Primary { "'" } else { "" }, sounds.join(" "))
        };
        parse_say(say).iter().map(one).collect::<Vec<_>>().join(" . ")
    }

    #[test]
    fn respellings_sound_as_typed() {
        for (say, expected) in [
            ("MEE-ah", "'M IY . AX"),
            ("shi-VAWN", "SH IY . 'V AO N"),
            ("KWAH-may", "'K W AA . M EY"),
            ("neev", "'N IY V"),
            ("SEER-shuh", "'S IH R . SH AX"),
            ("MY-uh", "'M AY . AX"),
            ("yoo-SOOF", "Y UW . 'S UW F"),
            ("EE fuh", "'IY . F AX"),
            ("ZO-ee", "'Z OW . IY"),
            ("kate", "'K EY T"),
            ("hm", "'HH AX M"),
            ("MEE AH", "'M IY . AX"),
        ] {
            assert_eq!(heard(say), expected, "{say}");
        }
        assert!(parse_say("🎉 7").is_empty());
    }
}
