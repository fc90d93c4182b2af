//! What a fact says: a small grammar that finds things, pets, people, actions, places and traits in free text.

use super::line::{bare, is_latin, is_sung};
use super::person::{base_of, gerund, is_adverb, is_noun_too, is_past, third_to_base, to_second_person};

/// A longer word is a slip of the keyboard, not something to sing.
const MAX_WORD_CHARS: usize = 24;

/// One thought from a fact, addressed to "you", ready for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Idea {
    /// "dinosaurs", "your red bike".
    Thing(String),
    /// "your dog Biscuit".
    Pet(String),
    /// "your brother Leo".
    Person(String),
    /// Who the person is to the singer: "my sister".
    Relation(String),
    /// Base form: "play football".
    Action(String),
    /// Base form: "ride a bike".
    Can(String),
    /// Where from: "Leeds".
    Place(String),
    /// "met in Rome".
    Past(String),
    /// "funny", "a nurse".
    Trait(String),
    /// "the summer in Wales".
    Memory(String),
}

impl Idea {
    /// What fills the slot `{x}`.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Thing(x) | Self::Pet(x) | Self::Person(x) | Self::Relation(x) | Self::Action(x) => x,
            Self::Can(x) | Self::Place(x) | Self::Past(x) | Self::Trait(x) | Self::Memory(x) => x,
        }
    }

    /// Two thoughts of one kind as one; `None` where "and" would not join them.
    pub(super) fn joined(&self, other: &Self) -> Option<Self> {
        let both = format!("{} and {}", self.text(), other.text());
        match (self, other) {
            (Self::Thing(_), Self::Thing(_)) => Some(Self::Thing(both)),
            (Self::Action(_), Self::Action(_)) => Some(Self::Action(both)),
            (Self::Can(_), Self::Can(_)) => Some(Self::Can(both)),
            (Self::Trait(_), Self::Trait(_)) => Some(Self::Trait(both)),
            (Self::Past(_), Self::Past(_)) => Some(Self::Past(both)),
            _ => None,
        }
    }

    /// Cuts the thought where a new phrase begins until it has at most `most` syllables; one that cannot be cut stays.
    pub(super) fn shortened(self, most: usize, count: &dyn Fn(&str) -> usize) -> Self {
        const CUTS: &[&str] = &[
            "and", "with", "in", "on", "at", "because", "when", "every", "for", "from", "after", "before", "while",
            "who", "that", "until", "till", "during", "since", "all", "so", "or", "but",
        ];
        let words: Vec<&str> = self.text().split(' ').collect();
        let fits = |length: &usize| {
            CUTS.contains(&bare(words[*length]).as_str()) && count(&words[..*length].join(" ")) <= most
        };
        if count(self.text()) <= most {
            return self;
        }
        if let Some(length) = (1..words.len()).rev().find(fits) {
            let short = words[..length].join(" ");
            return self.with_text(short);
        }
        let Self::Thing(_) = self else { return self };
        // Of a long thing its last words are the heart: "your … porcelain teapots".
        let end =
            words.iter().skip(1).position(|word| CUTS.contains(&bare(word).as_str())).map_or(words.len(), |at| at + 1);
        let owner = if words.first().is_some_and(|word| bare(word) == "your") { "your " } else { "" };
        let tails = (1..end).map(|start| format!("{owner}{}", words[start..end].join(" ")));
        match tails.into_iter().find(|tail| !tail.contains(" of ") && !tail.starts_with("of ") && count(tail) <= most) {
            Some(short) => self.with_text(short),
            None => self,
        }
    }

    fn with_text(self, text: String) -> Self {
        match self {
            Self::Thing(_) => Self::Thing(text),
            Self::Pet(_) => Self::Pet(text),
            Self::Person(_) => Self::Person(text),
            Self::Relation(_) => Self::Relation(text),
            Self::Action(_) => Self::Action(text),
            Self::Can(_) => Self::Can(text),
            Self::Place(_) => Self::Place(text),
            Self::Past(_) => Self::Past(text),
            Self::Trait(_) => Self::Trait(text),
            Self::Memory(_) => Self::Memory(text),
        }
    }

    /// What fills the slot `{g}`: the action as it goes on.
    pub(super) fn going(&self) -> String {
        gerund(self.text())
    }
}

#[rustfmt::skip]
const PETS: &[&str] = &[
    "dog", "cat", "puppy", "kitten", "hamster", "rabbit", "bunny", "horse", "pony", "parrot", "budgie", "guinea", "goldfish", "turtle",
    "tortoise", "hedgehog", "mouse", "rat", "snake", "lizard", "gecko", "donkey", "goat", "sheep", "lamb", "chicken", "hen", "duck", "pig",
    "dogs", "cats", "pets", "pet", "teddy", "bear", "bird", "llama", "horses", "rabbits", "puppies", "kittens",
];

#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "mother", "mum", "mom", "mummy", "mommy", "father", "dad", "daddy", "papa", "mama", "sister", "brother", "sisters", "brothers",
    "grandma", "grandpa", "granny", "grandmother", "grandfather", "nan", "nana", "gran", "grandad", "aunt", "auntie", "uncle", "cousin",
    "cousins", "friend", "friends", "wife", "husband", "son", "daughter", "children", "kids", "baby", "twin", "twins", "family",
    "parents", "teacher", "boss", "neighbour", "neighbor", "partner", "girlfriend", "boyfriend", "coach", "colleague", "niece",
    "nephew", "godmother", "godfather", "bride", "groom", "mate", "grandson", "granddaughter", "grandchildren",
];

#[rustfmt::skip]
const TRAITS: &[&str] = &[
    "funny", "kind", "brave", "clever", "smart", "gentle", "patient", "generous", "caring", "strong", "loud", "shy", "wild", "silly",
    "curious", "cheerful", "happy", "calm", "honest", "loyal", "creative", "fearless", "warm", "sweet", "thoughtful", "cheeky", "helpful",
    "hardworking", "sporty", "musical", "bright", "wise", "stubborn", "quiet", "playful", "beautiful", "handsome", "adventurous", "lovely",
];

/// Words no song of ours sings; a fact with one of them is left out.
#[rustfmt::skip]
const RUDE: &[&str] = &[
    "fuck", "fucker", "motherfucker", "shit", "shitty", "bullshit", "bitch", "bastard", "cunt", "dick", "dickhead", "cock", "pussy", "ass",
    "arse", "asshole", "arsehole", "slut", "whore", "wank", "wanker", "twat", "prick", "piss", "tits", "boobs", "penis", "vagina", "sex",
    "sexy", "porn", "nazi", "retard", "retarded", "nigger", "nigga", "faggot", "fag", "dyke", "tranny", "rape", "rapist", "kill", "suicide",
    "crap", "bollocks", "damn", "horny", "nude", "naked", "stupid", "ugly", "idiot", "loser", "fat", "hell", "poo", "fart",
];

/// Whether a word list forbids singing this.
pub(super) fn is_rude(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).any(|word| {
        let stems = ["", "s", "es", "ing", "ed", "er", "y"];
        stems.iter().filter_map(|ending| word.strip_suffix(ending)).any(|stem| RUDE.contains(&stem))
    })
}

/// The thoughts in one fact, best first. Empty when nothing in it can be sung.
pub(super) fn ideas(fact: &str, name: &str) -> Vec<Idea> {
    if is_rude(fact) {
        return Vec::new();
    }
    let kept =
        |c: char| (is_sung(c) && (!c.is_alphabetic() || is_latin(c))) || matches!(c, '!' | '?' | ';' | ':' | '&' | '+');
    let clean: String = fact.chars().map(|c| if kept(c) { c } else { ' ' }).collect();
    let clean = clean.replace(['&', '+'], " and ");
    let clean =
        clean.split_whitespace().filter(|word| word.chars().count() <= MAX_WORD_CHARS).collect::<Vec<_>>().join(" ");
    clean
        .split([',', '!', '?', ';', ':', '\n'])
        .flat_map(|part| part.split(". "))
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| part.chars().any(is_latin))
        .flat_map(|part| clause(&to_second_person(part, name)))
        .collect()
}

/// Reads one clause already addressed to "you".
fn clause(text: &str) -> Vec<Idea> {
    let text =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let after = |heads: &[&str]| {
        let head = heads.iter().find(|head| lower.starts_with(**head))?;
        text.get(head.len()..).map(str::trim).filter(|rest| !rest.is_empty()).map(str::to_owned)
    };
    if let Some(rest) = after(&["and ", "but ", "also ", "because ", "that "]) {
        return clause(&rest);
    }
    let subject = lower.starts_with("you ");
    if let Some(rest) =
        after(&["you're from ", "you are from ", "from ", "comes from ", "come from ", "you come from "])
    {
        return vec![Idea::Place(rest)];
    }
    let homes = [
        "was born in ",
        "were born in ",
        "you were born in ",
        "born in ",
        "lives in ",
        "live in ",
        "you live in ",
        "living in ",
        "grew up in ",
        "you grew up in ",
    ];
    if let Some(rest) = after(&homes) {
        return vec![Idea::Place(rest)];
    }
    if let Some(rest) = after(&["you can ", "can "]) {
        return vec![Idea::Can(rest)];
    }
    if let Some(rest) = after(&["you're ", "you are ", "is ", "are ", "being ", "you were "]) {
        let first = bare(rest.split(' ').next().unwrap_or_default());
        return if first == "my" || first == "our" { nouns(&rest) } else { vec![Idea::Trait(rest)] };
    }
    let predicate = if subject { text.get(4..).unwrap_or_default() } else { text.as_str() };
    action(predicate, subject).unwrap_or_else(|| nouns(predicate))
}

/// Reads "loves X", "always sings", "met in Rome"; `None` when it does not begin with a verb.
fn action(text: &str, subject: bool) -> Option<Vec<Idea>> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().position(|word| !is_adverb(&bare(word)))?;
    let verb = bare(words[at]);
    let rest = words[at + 1..].join(" ");
    let likes = [
        "love", "loves", "like", "likes", "adore", "adores", "enjoy", "enjoys", "loving", "have", "has", "want",
        "wants",
    ];
    if likes.contains(&verb.as_str()) && !rest.is_empty() {
        let to = rest
            .strip_prefix("to ")
            .filter(|verb| base_of(&bare(verb.split(' ').next().unwrap_or_default())).is_some());
        return Some(match to {
            Some(verb) => vec![Idea::Action(verb.to_owned())],
            None => nouns(&rest),
        });
    }
    let third = third_to_base(&verb);
    if let Some(base) = third.or_else(|| base_of(&verb)) {
        let next = words.get(at + 1).map(|word| bare(word)).unwrap_or_default();
        let moves_on = matches!(
            next.as_str(),
            "in" | "with" | "like" | "all" | "every" | "to" | "on" | "at" | "the" | "a" | "your"
        );
        if third.is_none()
            && !subject
            && at == 0
            && is_noun_too(base)
            && !(moves_on || (base == "play" && !next.is_empty()))
        {
            return None;
        }
        // "plays football and sings" keeps one form throughout.
        let mut joined: Vec<String> =
            words[..at].iter().map(|word| (*word).to_owned()).chain([base.to_owned()]).collect();
        for (index, word) in words.iter().enumerate().skip(at + 1) {
            let follows = bare(words[index - 1]) == "and";
            joined
                .push(third_to_base(&bare(word)).filter(|_| follows).map_or_else(|| (*word).to_owned(), str::to_owned));
        }
        return Some(vec![Idea::Action(joined.join(" "))]);
    }
    (is_past(&verb) && (subject || words.len() > at + 1)).then(|| vec![Idea::Past(text.to_owned())])
}

/// Reads a list of noun phrases.
fn nouns(text: &str) -> Vec<Idea> {
    // "fish and chips" stays whole; "dinosaurs and your dog" is two thoughts.
    let owned = |part: &str| {
        matches!(bare(part.split(' ').next().unwrap_or_default()).as_str(), "your" | "my" | "our" | "a" | "an" | "the")
    };
    let parts: Vec<&str> = text.split(" and ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let long = text.split(' ').count() > 4;
    if parts.len() > 1 && (long || parts.iter().any(|part| owned(part))) {
        return parts.into_iter().map(noun).collect();
    }
    vec![noun(text)]
}

/// Reads one noun phrase.
fn noun(text: &str) -> Idea {
    let words: Vec<&str> = text.split(' ').collect();
    let lower: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let first = lower.first().map(String::as_str).unwrap_or_default();
    let article = matches!(first, "a" | "an" | "the" | "one");
    let possessed = matches!(first, "your" | "my" | "our");
    let named = words.len() > 1 && words.last().is_some_and(|word| word.starts_with(char::is_uppercase));
    let ours = |from: usize| {
        let kept: Vec<&str> =
            words[from..].iter().copied().filter(|w| !matches!(bare(w).as_str(), "called" | "named")).collect();
        format!("your {}", kept.join(" "))
    };
    let whose = |kind: fn(String) -> Idea| match (possessed, article) {
        (true, _) if first == "your" => kind(ours(1)),
        (true, _) => kind(text.to_owned()),
        (false, true) => kind(ours(1)),
        (false, false) => kind(ours(0)),
    };
    let has = |list: &[&str]| lower.iter().any(|word| list.contains(&word.as_str()));
    if first.len() > 4 && first.ends_with("ing") {
        return Idea::Thing(text.to_owned());
    }
    if has(PETS) && (possessed || named) {
        return whose(Idea::Pet);
    }
    if has(PEOPLE) && (possessed || named) {
        return if first == "your" || named { whose(Idea::Person) } else { Idea::Relation(text.to_owned()) };
    }
    if !possessed
        && !article
        && has(TRAITS)
        && lower.iter().all(|w| TRAITS.contains(&w.as_str()) || matches!(w.as_str(), "and" | "very" | "so" | "always"))
    {
        return Idea::Trait(text.to_owned());
    }
    if matches!(first, "when" | "how" | "our" | "that")
        || lower.iter().any(|word| matches!(word.as_str(), "we" | "time" | "day" | "summer" | "trip" | "holiday"))
            && article
    {
        return Idea::Memory(text.to_owned());
    }
    Idea::Thing(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_understood() {
        use Idea::*;
        let s = str::to_owned;
        for (fact, expected) in [
            ("dinosaurs", vec![Thing(s("dinosaurs"))]),
            ("her dog Biscuit", vec![Pet(s("your dog Biscuit"))]),
            ("she loves dinosaurs and her dog Biscuit", vec![Thing(s("dinosaurs")), Pet(s("your dog Biscuit"))]),
            ("plays football", vec![Action(s("play football"))]),
            ("Plays football and sings.", vec![Action(s("play football and sing"))]),
            ("born in Leeds", vec![Place(s("Leeds"))]),
            ("my sister", vec![Relation(s("my sister"))]),
            ("she is my best friend", vec![Relation(s("my best friend"))]),
            ("her brother Leo", vec![Person(s("your brother Leo"))]),
            ("has a cat called Tom", vec![Pet(s("your cat Tom"))]),
            ("can ride a bike", vec![Can(s("ride a bike"))]),
            ("kind and funny", vec![Trait(s("kind and funny"))]),
            ("she's a nurse", vec![Trait(s("a nurse"))]),
            ("they met in Rome", vec![Past(s("met in Rome"))]),
            ("the summer in Wales", vec![Memory(s("the summer in Wales"))]),
            ("fish & chips", vec![Thing(s("fish and chips"))]),
            ("loves to swim", vec![Action(s("swim"))]),
            ("space 🚀, her cat Luna", vec![Thing(s("space")), Pet(s("your cat Luna"))]),
            ("🎉🎉", vec![]),
            ("she is a shitty driver", vec![]),
        ] {
            assert_eq!(ideas(fact, "Mia"), expected, "{fact}");
        }
    }
}
