//! Syllables: sounds grouped by maximal onset, and the letters of the word spread over them.

use score::{Phoneme, Stress, Syllable};

use super::{Phone, fold};

/// The syllables of a piece of a word, one for each vowel; their texts joined are the piece.
pub(super) fn build(piece: &str, phones: &[Phone]) -> Vec<Syllable> {
    let groups = group(phones);
    let texts = spread(piece, &groups.iter().map(|g| g.iter().map(|p| p.sound).collect()).collect::<Vec<_>>());
    groups
        .iter()
        .zip(texts)
        .map(|(group, text)| Syllable {
            text,
            phonemes: group.iter().map(|phone| phone.sound).collect(),
            stress: group.iter().map(|phone| phone.stress).max().unwrap_or(Stress::None),
        })
        .collect()
}

/// Splits sounds into syllables: as many consonants as English allows begin the next one.
pub(super) fn group(phones: &[Phone]) -> Vec<&[Phone]> {
    let vowels: Vec<usize> = (0..phones.len()).filter(|i| phones[*i].sound.is_vowel()).collect();
    let mut starts = vec![0];
    for pair in vowels.windows(2) {
        let between = &phones[pair[0] + 1..pair[1]];
        let onset = (0..=between.len()).rev().find(|n| is_onset(&between[between.len() - n..])).unwrap_or(0);
        starts.push(pair[1] - onset);
    }
    starts.push(phones.len());
    if vowels.is_empty() {
        return Vec::new();
    }
    starts.windows(2).map(|pair| &phones[pair[0]..pair[1]]).collect()
}

/// Whether an English syllable can begin with these consonants.
fn is_onset(consonants: &[Phone]) -> bool {
    use Phoneme::*;
    let sounds: Vec<Phoneme> = consonants.iter().map(|phone| phone.sound).collect();
    match sounds.as_slice() {
        [] => true,
        [one] => *one != NG,
        [P | B | F | K | G | S, L] => true,
        [P | B | F | T | D | K | G | TH | SH, R] => true,
        [T | D | K | G | S | TH, W] => true,
        [P | B | F | V | K | G | M | HH, Y] => true,
        [S, P | T | K | M | N] => true,
        [S, P | T | K, R] | [S, P | K, L] | [S, K, W] => true,
        _ => false,
    }
}

/// Spreads the letters of `text` over syllables by aligning letters with sounds; the parts joined are `text`.
///
/// The alignment is the cheapest one by dynamic programming: each sound takes 0 to 4 letters.
pub(crate) fn spread(text: &str, syllables: &[Vec<Phoneme>]) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let plain: Vec<String> = chars.iter().map(|c| fold::fold(*c).to_owned()).collect();
    let sounds: Vec<Phoneme> = syllables.iter().flatten().copied().collect();
    let (n, m) = (chars.len(), sounds.len());
    // best[i][j]: cost of giving the first j letters to the first i sounds, and how many letters sound i took.
    let mut best = vec![vec![(u32::MAX, 0_usize); n + 1]; m + 1];
    best[0][0] = (0, 0);
    for i in 0..m {
        for j in 0..=n {
            let (so_far, _) = best[i][j];
            if so_far == u32::MAX {
                continue;
            }
            let most = if i + 1 == m { n - j } else { (n - j).min(4) };
            for take in 0..=most {
                let cost = so_far + cost(sounds[i], &plain[j..j + take].concat(), take);
                if cost < best[i + 1][j + take].0 {
                    best[i + 1][j + take] = (cost, take);
                }
            }
        }
    }
    let mut starts = vec![n; m + 1];
    if best[m][n].0 == u32::MAX {
        // More than four letters a sound: share them out evenly.
        (0..=m).for_each(|i| starts[i] = n * i / m.max(1));
    } else {
        for i in (0..m).rev() {
            starts[i] = starts[i + 1] - best[i + 1][starts[i + 1]].1;
        }
    }
    let mut cuts = vec![0];
    let mut sound = 0;
    for syllable in &syllables[..syllables.len().saturating_sub(1)] {
        sound += syllable.len();
        let mut cut = starts[sound];
        // A doubled letter closes one syllable and opens the next: "hap-py".
        let doubled = cut + 1 < n && cut > 0 && plain[cut] == plain[cut + 1] && starts[sound + 1] == cut + 2;
        if doubled && !sounds[sound].is_vowel() {
            cut += 1;
        }
        cuts.push(cut);
    }
    cuts.push(n);
    cuts.windows(2).take(syllables.len()).map(|pair| chars[pair[0]..pair[1]].iter().collect()).collect()
}

/// How badly letters spell a sound; 0 is an everyday spelling.
fn cost(sound: Phoneme, letters: &str, take: usize) -> u32 {
    if take == 0 {
        return if sound.is_vowel() { 12 } else { 4 };
    }
    let extra = u32::try_from(take).unwrap_or(u32::MAX).saturating_sub(1);
    let usual = spellings(sound);
    if usual.split(' ').any(|spelling| spelling == letters) {
        return 0;
    }
    // A usual spelling followed by silent letters ("ime", "bt").
    let silent = usual.split(' ').filter(|s| letters.starts_with(s)).map(|s| letters.len() - s.len()).min();
    if let Some(silent) = silent {
        let quiet = &letters[letters.len() - silent..];
        return if matches!(quiet, "e" | "es" | "'" | "h" | "gh") { 1 } else { 3 * u32::try_from(silent).unwrap_or(4) };
    }
    let vowel_letter = letters.starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
    let wrong = if sound.is_vowel() == vowel_letter { 3 } else { 9 };
    wrong + 4 * extra
}

/// The everyday spellings of a sound.
fn spellings(sound: Phoneme) -> &'static str {
    use Phoneme::*;
    match sound {
        AA => "a o ah aa au ow ho ea",
        AE => "a ai au",
        AH => "u o ou oo a",
        AX => "a e i o u ou ai ea ia ie io y ah",
        AO => "o a au aw augh ough oa ou oo",
        AW => "ou ow ough hou au",
        AY => "i y ie igh ei ai uy ye eye aye",
        EH => "e ea ai a ae ie",
        ER => "er ir ur or ear re ar our yr r eur uer irr urr err",
        EY => "a ai ay ei ey eigh ea e ae ee et",
        IH => "i y e ee ui ea a ie",
        IY => "ee ea e i y ey ie ei eo ay oe",
        OW => "o oa ow oe ough oh eau ou",
        OY => "oi oy",
        UH => "oo u ou o",
        UW => "oo u ew ue ou o ui ough wo eu oe",
        B => "b bb",
        D => "d dd ed",
        G => "g gg gu gh",
        P => "p pp",
        T => "t tt ed bt th ght",
        K => "c k ck ch cc q que x cq kh kk",
        CH => "ch tch t c cz ti",
        JH => "j g dg dge ge gg d dj",
        F => "f ff ph gh",
        TH => "th",
        S => "s ss c sc ce se st ps z sz",
        SH => "sh ti ci ch s ss si sch sz c",
        HH => "h wh j x",
        V => "v f ve bh vv",
        DH => "th the",
        Z => "z s zz se ze x",
        ZH => "s si z g ge zh j",
        M => "m mm mb mn me",
        N => "n nn kn gn ne on en",
        NG => "ng n",
        L => "l ll le el al",
        R => "r rr wr rh re",
        W => "w wh u o ou hu",
        Y => "y i u j ll e",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;

    fn cut(word: &str) -> String {
        Lexicon::load().pronounce(word).iter().map(|s| s.text.clone()).collect::<Vec<_>>().join("-")
    }

    #[test]
    fn letters_follow_their_sounds() {
        for (word, expected) in [
            ("birthday", "birth-day"),
            ("dinosaurs", "di-no-saurs"),
            ("happy", "hap-py"),
            ("Biscuit", "Bi-scuit"),
            ("football", "foot-ball"),
            ("seven", "se-ven"),
            ("Mia,", "Mi-a,"),
            ("time", "time"),
            ("loved", "loved"),
            ("candles", "can-dles"),
            ("everybody", "eve-ry-bo-dy"),
            ("Chloë", "Chlo-ë"),
            ("“Anne-Marie”", "“Anne--Mar-ie”"),
        ] {
            assert_eq!(cut(word), expected);
        }
    }
}
