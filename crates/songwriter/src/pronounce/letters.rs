//! Letter-to-sound rules for English spelling: what a word sounds like when no list knows it.
//!
//! Each rule reads a group of letters between a left and a right context; the first that fits wins. Contexts:
//! `$` edge of the word, `#` a vowel letter, `^` a consonant letter, `+` one of e, i, y, `&` a voiced consonant,
//! `:` any number of consonants (none too), anything else itself. The style of rule is that of Elovitz et al., 1976
//! (US Naval Research Laboratory); the rules are our own and lean towards given names.

use score::{Phoneme, Stress};

use super::{Phone, arpabet};

/// Left context, letters, right context, sounds.
type Rule = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const RULES: &[Rule] = &[
    ("", "augh", "", "AO"), ("", "au", "", "AO"), ("", "aw", "", "AO"), ("", "air", "", "EH R"), ("", "ai", "", "EY"),
    ("", "ay", "", "EY"), ("", "aa", "", "AA"), ("", "ae", "", "EY"), ("", "ah", "$", "AA"), ("", "ah", "^", "AA"),
    ("", "are", "$", "EH R"), ("", "ar", "", "AA R"), ("", "all", "$", "AO L"), ("#:", "age", "$", "IH JH"),
    ("", "a", "^e$", "EY"), ("", "a", "^es$", "EY"), ("", "a", "tion", "EY"), ("w", "a", "^", "AA"), ("", "a", "$", "AA"),
    ("", "a", "#", "EY"), ("", "a", "^#", "AA"), ("", "a", "", "AE"),
    ("m", "b", "$", ""), ("", "bb", "", "B"), ("", "b", "", "B"),
    ("", "chr", "", "K R"), ("", "ch", "", "CH"), ("", "ck", "", "K"), ("", "ci", "a", "SH"), ("", "cz", "", "CH"),
    ("", "cc", "+", "K S"), ("", "cc", "", "K"), ("", "c", "+", "S"), ("", "c", "", "K"),
    ("", "dge", "", "JH"), ("", "dj", "", "JH"), ("", "dd", "", "D"), ("", "dh", "", "D"), ("", "d", "", "D"),
    ("", "eigh", "", "EY"), ("", "ear", "", "IH R"), ("", "eer", "", "IH R"), ("", "ee", "", "IY"), ("", "ea", "", "IY"),
    ("", "ei", "", "EY"), ("#:", "ey", "$", "IY"), ("", "ey", "", "EY"), ("", "eu", "", "UW"), ("", "ew", "", "UW"),
    ("", "eo", "", "IY OW"), ("", "er", "#", "EH R"), ("", "er", "", "ER"), ("#t", "ed", "$", "AX D"),
    ("#d", "ed", "$", "AX D"), ("#:", "ed", "$", "D"), ("#:", "es", "$", "Z"), ("#:", "e", "$", ""), ("", "e", "$", "IY"),
    ("", "e", "^e$", "IY"), ("", "e", "#", "IY"), ("", "e", "", "EH"),
    ("", "ff", "", "F"), ("", "f", "", "F"),
    ("$", "gh", "", "G"), ("", "gh", "", ""), ("$", "gn", "", "N"), ("", "gn", "$", "N"), ("", "gg", "", "G"),
    ("", "gu", "+", "G"), ("", "ge", "$", "JH"), ("", "g", "e", "JH"), ("", "g", "i", "JH"), ("", "g", "y", "JH"),
    ("", "g", "", "G"),
    ("", "h", "#", "HH"), ("", "h", "", ""),
    ("", "igh", "", "AY"), ("", "ique", "$", "IY K"), ("", "ier", "$", "IY ER"), ("", "ie", "", "IY"), ("", "ia", "", "IY AA"),
    ("", "io", "", "IY OW"), ("", "iu", "", "IY UW"), ("", "ir", "#", "IH R"), ("", "ir", "", "ER"), ("", "ing", "$", "IH NG"),
    ("", "ind", "$", "AY N D"), ("#:", "ine", "$", "IY N"), ("", "i", "^e$", "AY"), ("", "i", "^es$", "AY"), ("", "ii", "", "IY"),
    ("", "i", "$", "IY"), ("", "i", "#", "IY"), ("", "i", "^#", "IY"), ("", "i", "", "IH"),
    ("", "jj", "", "JH"), ("", "j", "", "JH"),
    ("$", "kn", "", "N"), ("", "kh", "", "K"), ("", "kk", "", "K"), ("", "k", "", "K"),
    ("^", "le", "$", "AX L"), ("", "ll", "", "L"), ("", "l", "", "L"),
    ("$", "mc", "", "M AX K"), ("", "mm", "", "M"), ("", "m", "", "M"),
    ("", "ng", "$", "NG"), ("", "ng", "^", "NG"), ("", "ng", "+", "N JH"), ("", "ng", "", "NG G"), ("", "nk", "", "NG K"),
    ("", "nx", "", "NG K S"), ("", "nn", "", "N"), ("", "nh", "", "N Y"), ("", "n", "", "N"),
    ("", "ough", "", "OW"), ("", "our", "", "AO R"), ("#:", "ous", "$", "AX S"), ("", "oo", "", "UW"), ("", "ou", "$", "UW"),
    ("", "ou", "", "AW"), ("", "ow", "$", "OW"), ("", "ow", "", "AW"), ("", "oy", "", "OY"), ("", "oi", "", "OY"),
    ("", "oa", "", "OW"), ("", "oe", "$", "OW"), ("", "oh", "", "OW"), ("", "or", "", "AO R"), ("", "old", "", "OW L D"),
    ("", "o", "^e$", "OW"), ("", "o", "$", "OW"), ("", "o", "#", "OW"), ("", "o", "^#", "OW"), ("", "o", "", "AA"),
    ("$", "ps", "", "S"), ("", "ph", "", "F"), ("", "pp", "", "P"), ("", "p", "", "P"),
    ("", "que", "$", "K"), ("", "qu", "", "K W"), ("", "q", "", "K"),
    ("", "rh", "", "R"), ("", "rr", "", "R"), ("", "r", "", "R"),
    ("#", "sion", "", "ZH AX N"), ("^", "sion", "", "SH AX N"), ("", "ssion", "", "SH AX N"), ("", "sch", "", "SH"),
    ("", "sh", "", "SH"), ("", "sz", "", "SH"), ("", "ss", "", "S"), ("", "sc", "+", "S"), ("#", "s", "#", "Z"),
    ("&", "s", "$", "Z"), ("", "s", "", "S"),
    ("", "tion", "", "SH AX N"), ("", "tch", "", "CH"), ("", "ture", "$", "CH ER"), ("", "th", "", "TH"), ("", "tz", "", "T S"),
    ("", "tt", "", "T"), ("", "t", "", "T"),
    ("", "ur", "", "ER"), ("", "uy", "", "AY"), ("", "ui", "", "UW"), ("", "ue", "$", "UW"), ("^", "u", "a", "W"),
    ("", "uu", "", "UW"), ("", "u", "^e$", "UW"), ("", "u", "$", "UW"), ("", "u", "#", "UW"), ("", "u", "^#", "UW"), ("", "u", "", "AH"),
    ("", "vv", "", "V"), ("", "v", "", "V"),
    ("$", "wr", "", "R"), ("", "wh", "", "W"), ("", "w", "#", "W"), ("", "w", "", ""),
    ("$", "x", "", "Z"), ("", "x", "", "K S"),
    ("", "y", "#", "Y"), ("$:", "y", "$", "AY"), ("", "y", "$", "IY"), ("", "y", "^e$", "AY"), ("", "y", "", "IH"),
    ("", "zh", "", "ZH"), ("", "zz", "", "Z"), ("", "z", "", "Z"),
];

/// The sounds of a word of lower-case ASCII letters, with stress. At least one vowel unless the word is empty.
pub(super) fn read(word: &str) -> Vec<Phone> {
    let letters = calm(word);
    let mut sounds: Vec<Phoneme> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rule = RULES.iter().find(|(left, group, right, _)| {
            letters[at..].starts_with(group.as_bytes())
                && matches_left(&letters[..at], left.as_bytes())
                && matches_right(&letters[at + group.len()..], right.as_bytes())
        });
        let Some((_, group, _, phones)) = rule else {
            at += 1;
            continue;
        };
        sounds.extend(arpabet(phones).iter().map(|phone| phone.sound));
        at += group.len();
    }
    // All letters were silent ("h", "hw"): still something to sing.
    if sounds.is_empty() && !letters.is_empty() {
        sounds.push(Phoneme::AX);
    }
    let open = sounds.last().is_some_and(|sound| sound.is_vowel());
    stress(word, &breathe(sounds), open)
}

/// Longer runs of one letter shrink to two: "zooooe" is "zooe".
fn calm(word: &str) -> Vec<u8> {
    let mut kept: Vec<u8> = Vec::new();
    for byte in word.bytes().filter(u8::is_ascii_lowercase) {
        if !(kept.len() >= 2 && kept[kept.len() - 2..] == [byte, byte]) {
            kept.push(byte);
        }
    }
    kept
}

fn is_vowel_letter(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn fits(class: u8, byte: u8) -> bool {
    match class {
        b'#' => is_vowel_letter(byte),
        b'^' => !is_vowel_letter(byte),
        b'+' => matches!(byte, b'e' | b'i' | b'y'),
        b'&' => matches!(byte, b'b' | b'd' | b'g' | b'l' | b'm' | b'n' | b'r' | b'v'),
        literal => literal == byte,
    }
}

fn matches_right(letters: &[u8], pattern: &[u8]) -> bool {
    match pattern {
        [] => true,
        [b'$', ..] => letters.is_empty(),
        [class, rest @ ..] => {
            letters.first().is_some_and(|byte| fits(*class, *byte)) && matches_right(&letters[1..], rest)
        }
    }
}

/// Matches from the end of both backwards.
fn matches_left(letters: &[u8], pattern: &[u8]) -> bool {
    match pattern {
        [] => true,
        [.., b'$'] => letters.is_empty(),
        [rest @ .., b':'] => {
            let kept = letters.iter().rposition(|byte| is_vowel_letter(*byte)).map_or(0, |last| last + 1);
            matches_left(&letters[..kept], rest)
        }
        [rest @ .., class] => {
            letters.last().is_some_and(|byte| fits(*class, *byte)) && matches_left(&letters[..letters.len() - 1], rest)
        }
    }
}

/// Puts a small vowel into words without one and into heaps of more than four consonants.
fn breathe(sounds: Vec<Phoneme>) -> Vec<Phoneme> {
    let none = !sounds.iter().any(|sound| sound.is_vowel());
    let mut out = Vec::new();
    let mut index = 0;
    while index < sounds.len() {
        let run = sounds[index..].iter().take_while(|sound| !sound.is_vowel()).count();
        if run == 0 {
            out.push(sounds[index]);
            index += 1;
            continue;
        }
        let heap = &sounds[index..index + run];
        if none && run <= 4 {
            // "Bjrk": after the first sound, so that the rest closes the syllable.
            out.push(heap[0]);
            out.push(Phoneme::AX);
            out.extend(&heap[1..]);
        } else if run > 4 {
            for pair in heap.chunks(2) {
                out.push(pair[0]);
                out.push(Phoneme::AX);
                out.extend(&pair[1..]);
            }
        } else {
            out.extend(heap);
        }
        index += run;
    }
    out
}

/// Chooses the stressed vowel by the spelling of the end and weakens the others.
fn stress(word: &str, sounds: &[Phoneme], open: bool) -> Vec<Phone> {
    let vowels: Vec<usize> = (0..sounds.len()).filter(|i| sounds[*i].is_vowel()).collect();
    let count = vowels.len();
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let from_end = if count < 2 || ends(&["ee", "een", "ette", "elle", "ique", "ine", "oo"]) {
        1
    } else if count == 2 || ends(&["tion", "sion", "ic"]) || open {
        2
    } else {
        3
    };
    let strong = vowels.get(count.saturating_sub(from_end)).copied();
    let weak = |index: usize, sound: Phoneme| match sound {
        Phoneme::AA if open && Some(&index) == vowels.last() => Phoneme::AX,
        Phoneme::AE | Phoneme::AH if Some(&index) != vowels.first() => Phoneme::AX,
        Phoneme::EH if Some(&index) == vowels.last() => Phoneme::AX,
        other => other,
    };
    let phone = |(index, sound): (usize, &Phoneme)| match strong {
        Some(at) if at == index => {
            let full = if *sound == Phoneme::AX && count > 1 { Phoneme::AH } else { *sound };
            Phone { sound: full, stress: Stress::Primary }
        }
        _ => Phone { sound: weak(index, *sound), stress: Stress::None },
    };
    sounds.iter().enumerate().map(phone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(word: &str) -> String {
        let digit = |p: &Phone| match (p.sound.is_vowel(), p.stress) {
            (false, _) => "",
            (_, Stress::None) => "0",
            _ => "1",
        };
        read(word).iter().map(|p| format!("{}{}", p.sound, digit(p))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_rule_is_spelled_in_known_sounds() {
        for (left, group, right, phones) in RULES {
            assert_eq!(arpabet(phones).len(), phones.split_whitespace().count(), "{left}({group}){right}");
            assert!(!group.is_empty());
        }
    }

    #[test]
    fn english_spelling_reads_as_english() {
        for (word, expected) in [
            ("blake", "B L EY1 K"),
            ("steen", "S T IY1 N"),
            ("zappy", "Z AE1 P IY0"),
            ("spation", "S P EY1 SH AX0 N"),
            ("bree", "B R IY1"),
            ("tamika", "T AA0 M IY1 K AX0"),
            ("knox", "N AA1 K S"),
            ("wray", "R EY1"),
            ("fluttle", "F L AH1 T AX0 L"),
            ("bjrk", "B AX1 JH R K"),
            ("h", "AX1"),
        ] {
            assert_eq!(sounds(word), expected, "{word}");
        }
    }
}
