//! English full-context labels: a phone with everything around it, written the way the voice's questions read it.
//!
//! Source: the HTS demonstration's label format for English (HTS_TTS_ENG): quinphone, then fields A to J for
//! syllables, words, phrase and utterance. A phrase is one utterance with a pause at each end; there are no
//! intonation marks, since the melody decides the pitch.

use score::{Lyrics, Phoneme, Stress, SyllableRef};

use crate::plan::Phrase;

/// A phone in context and where it ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The full-context label.
    pub text: String,
    /// End in frames from the utterance's start; need not be whole.
    pub end_frame: f64,
}

/// How much longer than sung the voice is asked to hold a phrase's last phone, in seconds: it lets a phone die away
/// before a pause, and without this a final consonant would be gone before its end.
const HOLD_S: f64 = 0.1;

/// A syllable as the labels see it.
struct Spoken<'a> {
    phones: Vec<&'static str>,
    vowel: &'static str,
    stressed: bool,
    /// Stressed in a content word: carries a pitch accent when spoken.
    accented: bool,
    /// Index into the phrase's words.
    word: usize,
    place: SyllableRef<'a>,
}

/// A word as the labels see it.
struct SpokenWord {
    guess: &'static str,
    first_syllable: usize,
    syllables: usize,
}

/// Labels of a phrase. `to_frames` turns seconds from tick 0 into frames of the utterance, which has `frames` of them.
pub(super) fn labels(phrase: &Phrase, lyrics: &Lyrics, to_frames: impl Fn(f64) -> f64, frames: usize) -> Vec<Label> {
    let context = Context::new(phrase, lyrics);
    let names: Vec<&str> = phrase.segments.iter().map(|segment| symbol(segment.phoneme)).collect();
    // Two places before the first phone to two behind the last, counting the pauses.
    let name = |k: isize| match k {
        -1 => "pau",
        k if k == names.len() as isize => "pau",
        k => usize::try_from(k).ok().and_then(|k| names.get(k)).copied().unwrap_or("x"),
    };
    let quinphone = |k: isize| format!("{}^{}-{}+{}={}", name(k - 2), name(k - 1), name(k), name(k + 1), name(k + 2));

    let mut labels = Vec::with_capacity(names.len() + 2);
    let start = phrase.segments.first().map_or(0.0, |segment| to_frames(segment.start_s));
    labels.push(Label { text: format!("{}@{}", quinphone(-1), context.pause(true)), end_frame: start });
    let (mut syllable, mut phone) = (0, 0);
    for (k, segment) in phrase.segments.iter().enumerate() {
        if k > 0 {
            let same = segment.syllable == phrase.segments[k - 1].syllable;
            (syllable, phone) = if same { (syllable, phone + 1) } else { (syllable + 1, 0) };
        }
        let text = format!("{}@{}", quinphone(k as isize), context.phone(syllable, phone));
        let hold = if k + 1 == phrase.segments.len() { HOLD_S } else { 0.0 };
        labels.push(Label { text, end_frame: to_frames(segment.end_s + hold) });
    }
    let text = format!("{}@{}", quinphone(names.len() as isize), context.pause(false));
    labels.push(Label { text, end_frame: frames as f64 });
    labels
}

struct Context<'a> {
    syllables: Vec<Spoken<'a>>,
    words: Vec<SpokenWord>,
}

impl<'a> Context<'a> {
    fn new(phrase: &Phrase, lyrics: &'a Lyrics) -> Self {
        let places = lyrics.syllables();
        let mut this = Self { syllables: Vec::new(), words: Vec::new() };
        for segments in phrase.segments.chunk_by(|a, b| a.syllable == b.syllable) {
            let Some(place) = segments.first().and_then(|segment| places.get(segment.syllable)).copied() else {
                continue;
            };
            let same_word = this.syllables.last().is_some_and(|last| {
                (last.place.line, last.place.word_in_line) == (place.line, place.word_in_line)
                    && last.place.syllable_in_word < place.syllable_in_word
            });
            if !same_word {
                let guess = if place.word.is_name { "content" } else { part_of_speech(&place.word.text) };
                this.words.push(SpokenWord { guess, first_syllable: this.syllables.len(), syllables: 0 });
            }
            let word = this.words.len() - 1;
            this.words[word].syllables += 1;
            let stressed = place.syllable.stress == Stress::Primary;
            this.syllables.push(Spoken {
                phones: segments.iter().map(|segment| symbol(segment.phoneme)).collect(),
                vowel: segments.iter().find(|s| s.phoneme.is_vowel()).map_or("novowel", |s| symbol(s.phoneme)),
                stressed,
                accented: stressed && this.words[word].guess == "content",
                word,
                place,
            });
        }
        this
    }

    /// Fields from the phone's place in its syllable to the end.
    fn phone(&self, syllable: usize, phone: usize) -> String {
        let Some(here) = self.syllables.get(syllable) else { return self.pause(false) };
        let (i, w) = (syllable, here.word);
        let word = &self.words[w];
        let (count, words) = (self.syllables.len(), self.words.len());
        let stressed = Neighbours::of(&self.syllables, i, |s| s.stressed);
        let accented = Neighbours::of(&self.syllables, i, |s| s.accented);
        let content = Neighbours::of(&self.words, w, |word| word.guess == "content");
        let in_word = i - word.first_syllable;
        format!(
            "{}_{}/A:{}/B:{}-{}-{}@{}-{}&{}-{}#{}-{}${}-{}!{}-{};{}-{}|{}/C:{}/D:{}/E:{}+{}@{}+{}&{}+{}#{}+{}/F:{}/G:0_0/H:{count}={words}^1=1|L-L%/I:0=0/J:{count}+{words}-1",
            phone + 1,
            here.phones.len() - phone.min(here.phones.len()),
            self.syllable_field(i.checked_sub(1), '_'),
            u8::from(here.stressed),
            u8::from(here.accented),
            here.phones.len(),
            in_word + 1,
            word.syllables - in_word,
            i + 1,
            count - i,
            stressed.before,
            stressed.after,
            accented.before,
            accented.after,
            stressed.since,
            stressed.until,
            accented.since,
            accented.until,
            here.vowel,
            self.syllable_field(Some(i + 1), '+'),
            self.word_field(w.checked_sub(1)),
            word.guess,
            word.syllables,
            w + 1,
            words - w,
            content.before,
            content.after,
            content.since,
            content.until,
            self.word_field(Some(w + 1)),
        )
    }

    /// The same fields for the pause in front of the utterance or behind it.
    fn pause(&self, in_front: bool) -> String {
        let (count, words) = (self.syllables.len(), self.words.len());
        let (before, after) = if in_front { (None, Some(0)) } else { (count.checked_sub(1), None) };
        let (last_word, first_word) = if in_front { (None, Some(0)) } else { (words.checked_sub(1), None) };
        let (next_syllables, next_words) = if in_front { (count, words) } else { (0, 0) };
        format!(
            "x_x/A:{}/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x/C:{}/D:{}/E:x+x@x+x&x+x#x+x/F:{}/G:0_0/H:x=x^1=1|0/I:{next_syllables}={next_words}/J:{count}+{words}-1",
            self.syllable_field(before, '_'),
            self.syllable_field(after, '+'),
            self.word_field(last_word),
            self.word_field(first_word),
        )
    }

    /// Stress, accent and number of phones of a neighbour.
    fn syllable_field(&self, index: Option<usize>, by: char) -> String {
        match index.and_then(|i| self.syllables.get(i)) {
            Some(s) => format!("{}{by}{}{by}{}", u8::from(s.stressed), u8::from(s.accented), s.phones.len()),
            None => format!("0{by}0{by}0"),
        }
    }

    /// Part of speech and number of syllables of a neighbour.
    fn word_field(&self, index: Option<usize>) -> String {
        index.and_then(|i| self.words.get(i)).map_or("0_0".into(), |w| format!("{}_{}", w.guess, w.syllables))
    }
}

/// How many items with a property lie before and after a place, and how far the nearest are (0: none).
struct Neighbours {
    before: usize,
    after: usize,
    since: usize,
    until: usize,
}

impl Neighbours {
    fn of<T>(items: &[T], at: usize, has: impl Fn(&T) -> bool) -> Self {
        let (before, rest) = items.split_at(at);
        let after = &rest[1..];
        Self {
            before: before.iter().filter(|item| has(item)).count(),
            after: after.iter().filter(|item| has(item)).count(),
            since: before.iter().rposition(&has).map_or(0, |last| at - last),
            until: after.iter().position(&has).map_or(0, |next| next + 1),
        }
    }
}

/// The voice's name of a phone.
fn symbol(phoneme: Phoneme) -> &'static str {
    macro_rules! lower {
        ($($variant:ident = $name:literal),+ $(,)?) => {
            match phoneme { $(Phoneme::$variant => $name),+ }
        };
    }
    lower! {
        AA = "aa", AE = "ae", AH = "ah", AX = "ax", AO = "ao", AW = "aw", AY = "ay", EH = "eh", ER = "er", EY = "ey",
        IH = "ih", IY = "iy", OW = "ow", OY = "oy", UH = "uh", UW = "uw", B = "b", D = "d", G = "g", P = "p", T = "t",
        K = "k", CH = "ch", JH = "jh", F = "f", TH = "th", S = "s", SH = "sh", HH = "hh", V = "v", DH = "dh", Z = "z",
        ZH = "zh", M = "m", N = "n", NG = "ng", L = "l", R = "r", W = "w", Y = "y",
    }
}

/// Function words by class, everything else "content", as Festival guesses.
fn part_of_speech(word: &str) -> &'static str {
    let word: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "the" | "a" | "an" | "no" | "some" | "this" | "that" | "each" | "another" | "those" | "every" | "all"
        | "any" | "these" | "both" | "neither" | "many" => "det",
        "to" => "to",
        "of" | "for" | "in" | "on" | "with" | "by" | "at" | "from" | "as" | "if" | "against" | "about" | "before"
        | "because" | "under" | "after" | "over" | "into" | "while" | "without" | "through" | "up" | "between" => "in",
        "and" | "but" | "or" | "plus" | "yet" | "nor" => "cc",
        "will" | "may" | "would" | "can" | "could" | "must" | "should" | "might" => "md",
        "who" | "what" | "where" | "how" | "when" => "wp",
        "her" | "his" | "their" | "our" | "my" | "its" | "your" | "i" | "you" | "he" | "she" | "we" | "they" | "it"
        | "me" | "him" | "us" | "them" => "pps",
        "is" | "am" | "are" | "was" | "were" | "has" | "have" | "had" | "be" => "aux",
        _ => "content",
    }
}

#[cfg(test)]
mod tests {
    use score::{Language, Line, Phoneme::*, Section, SectionKind, Syllable, Word};

    use super::*;
    use crate::plan::Segment;

    #[test]
    fn labels_are_written_as_in_the_reference() {
        let word = |text: &str, phonemes: &[Phoneme]| Word {
            text: text.into(),
            syllables: vec![Syllable { text: text.into(), phonemes: phonemes.to_vec(), stress: Stress::Primary }],
            is_name: false,
        };
        let line = Line { text: "dear my".into(), words: vec![word("dear", &[D, IH, R]), word("my", &[M, AY])] };
        let lyrics = Lyrics {
            title: String::new(),
            language: Language::English,
            sections: vec![Section { kind: SectionKind::Verse, lines: vec![line] }],
            unused_facts: vec![],
        };
        let phone = |phoneme, start_s, end_s, syllable| Segment { phoneme, start_s, end_s, syllable };
        let segments = vec![
            phone(D, 0.15, 0.21, 0),
            phone(IH, 0.21, 0.42, 0),
            phone(R, 0.42, 0.5, 0),
            phone(M, 0.5, 0.58, 1),
            phone(AY, 0.58, 0.9 - HOLD_S, 1),
        ];
        let written = labels(&Phrase { segments, notes: vec![] }, &lyrics, |s| s * 200.0, 220);
        let reference = include_str!("../../tests/data/dear.lab");
        assert_eq!(written.len(), reference.lines().count());
        for (label, line) in written.iter().zip(reference.lines()) {
            let fields: Vec<&str> = line.split(' ').collect();
            assert_eq!(label.text, fields[2]);
            assert!((label.end_frame * 50_000.0 - fields[1].parse::<f64>().unwrap()).abs() < 1.0, "{line}");
        }
    }
}
