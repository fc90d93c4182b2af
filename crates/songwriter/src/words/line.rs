//! Written lines to sung lines: words, syllables, stress in context, and the name said the way the user wants.

use score::{Brief, Line, Phoneme, Stress, Word};

use super::WordsError;
use crate::pronounce::{Lexicon, parse_say, spread};

/// Stands for the name inside a line that is not yet sung.
pub(super) const NAME: char = '\u{1}';
/// A first name longer than this leaves no room for words around it.
const MAX_NAME_SYLLABLES: usize = 8;
/// Further words of a name are sung while the whole has at most this many syllables.
const EASY_NAME_SYLLABLES: usize = 5;

/// Words that are light unless they end a line.
#[rustfmt::skip]
const LIGHT: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "of", "to", "for", "from", "in", "on", "at", "by", "with", "as", "if", "than", "that", "my",
    "your", "our", "his", "her", "its", "their", "you", "i", "we", "he", "she", "it", "they", "me", "us", "him", "them", "is", "are",
    "was", "were", "be", "been", "am", "do", "does", "did", "have", "has", "had", "will", "would", "can", "could", "shall", "should",
    "may", "might", "must", "you're", "we're", "it's", "i'm", "that's", "there's", "here's", "you'll", "we'll", "i'll", "they're", "when",
    "where", "so", "till", "just", "you've", "we've", "let", "let's", "there", "who", "what", "how", "some",
];

/// Reads lines aloud for one brief.
pub(super) struct Singer {
    lexicon: &'static Lexicon,
    /// The name as it is sung, one entry for each written word.
    name: Vec<Word>,
    /// The same, folded for comparison.
    bare: Vec<String>,
}

impl Singer {
    /// # Errors
    /// [`WordsError::NameTooLong`] when not even the first word of the name fits into a line.
    pub(super) fn new(brief: &Brief) -> Result<Self, WordsError> {
        let lexicon = Lexicon::load();
        let say = brief.say.as_deref().map(str::trim).filter(|say| !say.is_empty());
        let clean: String = brief.name.chars().filter(|c| is_sung(*c)).collect();
        let written: Vec<&str> =
            clean.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        let words = match say {
            Some(say) => said_words(&written, say),
            None => written.iter().map(|word| (word.to_string(), lexicon.pronounce(word))).collect(),
        };
        let mut name: Vec<Word> = Vec::new();
        let mut total = 0;
        for (text, syllables) in words {
            if syllables.is_empty() {
                continue;
            }
            total += syllables.len();
            if total > MAX_NAME_SYLLABLES && name.is_empty() {
                return Err(WordsError::NameTooLong { syllables: total });
            }
            if total > EASY_NAME_SYLLABLES && !name.is_empty() {
                break;
            }
            name.push(Word { text, syllables, is_name: true });
        }
        // "Anna and" must not stay behind when a long second name was dropped.
        while name.len() > 1 && name.last().is_some_and(|word| matches!(word.text.to_lowercase().as_str(), "and" | "&"))
        {
            name.pop();
        }
        if name.is_empty() {
            return Err(WordsError::NameNotSung { name: brief.name.clone() });
        }
        let bare = name.iter().map(|word| bare(&word.text)).collect();
        Ok(Self { lexicon, name, bare })
    }

    /// The name as it appears in lines.
    pub(super) fn name(&self) -> String {
        self.name.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Syllables of a piece of text.
    pub(super) fn count(&self, text: &str) -> usize {
        text.split_whitespace().map(|word| self.lexicon.pronounce(word).len()).sum()
    }

    /// Sings one line of text, in which [`NAME`] stands for the name. `None` when nothing in it can be sung.
    pub(super) fn line(&self, text: &str) -> Option<Line> {
        let mut words: Vec<Word> = Vec::new();
        let mut waiting = String::new();
        for token in text.split_whitespace() {
            let mut more = self.token(token);
            let Some(first) = more.first_mut() else {
                match words.last_mut() {
                    Some(last) => append(last, &format!(" {token}")),
                    None => waiting.push_str(&format!("{token} ")),
                }
                continue;
            };
            prepend(first, &std::mem::take(&mut waiting));
            words.extend(more);
        }
        if words.is_empty() {
            return None;
        }
        capitalise(&mut words[0]);
        soften(&mut words);
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Some(Line { text, words })
    }

    /// The words one token stands for: the name, or itself.
    fn token(&self, token: &str) -> Vec<Word> {
        if let Some((before, after)) = token.split_once(NAME) {
            let mut words = self.name.clone();
            if let Some(first) = words.first_mut() {
                prepend(first, before);
            }
            if let Some(last) = words.last_mut() {
                append(last, after);
            }
            return words;
        }
        let core = bare(token);
        let own = self.bare.iter().position(|name| *name == core && core != "and");
        if let Some(at) = own {
            let syllables: Vec<_> = self.name[at].syllables.clone();
            let sounds: Vec<Vec<Phoneme>> = syllables.iter().map(|s| s.phonemes.clone()).collect();
            let texts = spread(token, &sounds);
            let with_text = |(mut syllable, text): (score::Syllable, String)| {
                syllable.text = text;
                syllable
            };
            let syllables = syllables.into_iter().zip(texts).map(with_text).collect();
            return vec![Word { text: token.to_owned(), syllables, is_name: true }];
        }
        let syllables = self.lexicon.pronounce(token);
        if syllables.is_empty() { Vec::new() } else { vec![Word { text: token.to_owned(), syllables, is_name: false }] }
    }
}

/// Pairs the words of a respelling with the written words where there are as many, else takes the name as one word.
fn said_words(written: &[&str], say: &str) -> Vec<(String, Vec<score::Syllable>)> {
    let said: Vec<&str> = say.split_whitespace().filter(|word| !parse_say(word).is_empty()).collect();
    let pairs: Vec<(String, &str)> = if said.len() == written.len() && said.len() > 1 {
        written.iter().map(|word| word.to_string()).zip(said).collect()
    } else if written.is_empty() {
        vec![(say.to_owned(), say)]
    } else {
        vec![(written.join(" "), say)]
    };
    let sing = |(text, say): (String, &str)| {
        let mut syllables = parse_say(say);
        let sounds: Vec<Vec<Phoneme>> = syllables.iter().map(|s| s.phonemes.clone()).collect();
        for (syllable, letters) in syllables.iter_mut().zip(spread(&text, &sounds)) {
            syllable.text = letters;
        }
        (text, syllables)
    };
    pairs.into_iter().map(sing).collect()
}

/// Characters that may stand in sung text: letters, digits and the marks inside and between words.
pub(super) fn is_sung(c: char) -> bool {
    c.is_alphanumeric()
        || c.is_whitespace()
        || ('\u{300}'..='\u{36f}').contains(&c)
        || matches!(c, '\'' | '’' | '-' | ',' | '.')
}

/// A letter the English singer can read.
pub(super) fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c))
}

/// Lower case, without the marks around it.
pub(super) fn bare(token: &str) -> String {
    token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
}

fn append(word: &mut Word, text: &str) {
    word.text.push_str(text);
    if let Some(last) = word.syllables.last_mut() {
        last.text.push_str(text);
    }
}

fn prepend(word: &mut Word, text: &str) {
    word.text.insert_str(0, text);
    if let Some(first) = word.syllables.first_mut() {
        first.text.insert_str(0, text);
    }
}

/// Begins a line with a capital.
fn capitalise(word: &mut Word) {
    let Some(first) = word.text.chars().next().filter(|c| c.is_lowercase()) else { return };
    let capital: String = first.to_uppercase().collect();
    let head = first.len_utf8();
    let Some(syllable) = word.syllables.first_mut().filter(|s| s.text.starts_with(first)) else { return };
    syllable.text.replace_range(..head, &capital);
    word.text.replace_range(..head, &capital);
}

/// Stress as it is in a sentence: small words are light inside a line, and "the" opens before a vowel.
fn soften(words: &mut [Word]) {
    for index in 0..words.len() {
        let core = bare(&words[index].text);
        let next = words.get(index + 1).and_then(|word| word.syllables.first()?.phonemes.first().copied());
        let last = next.is_none();
        let word = &mut words[index];
        if word.is_name {
            continue;
        }
        if let [only] = word.syllables.as_mut_slice() {
            if core == "the" && only.phonemes.len() == 2 {
                only.phonemes[1] = if next.is_some_and(Phoneme::is_vowel) { Phoneme::IY } else { Phoneme::AX };
            }
            only.stress = if last || !LIGHT.contains(&core.as_str()) { Stress::Primary } else { Stress::None };
        }
    }
}
