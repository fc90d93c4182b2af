//! Facts turned towards the person the song is sung to: "her dog" is "your dog", "she sings" is "you sing".

use super::line::bare;

/// Verbs that facts begin with, in their base form.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "adore", "ask", "bake", "believe", "bring", "build", "buy", "call", "care", "carry", "catch", "chase", "cheer", "climb", "collect",
    "come", "cook", "craft", "cuddle", "cycle", "dance", "design", "dive", "do", "draw", "dream", "drink", "drive", "eat", "enjoy",
    "explore", "farm", "feed", "fight", "find", "fish", "fix", "fly", "follow", "forget", "gallop", "garden", "get", "giggle", "give",
    "go", "grow", "hate", "have", "help", "hike", "hop", "hug", "hum", "jog", "juggle", "jump", "keep", "kick", "knit", "know", "laugh",
    "lead", "learn", "like", "listen", "live", "look", "lose", "love", "make", "need", "nurse", "paddle", "paint", "play", "plant",
    "practise", "practice", "prefer", "race", "raise", "read", "ride", "row", "run", "sail", "save", "say", "see", "sew", "shine",
    "shop", "sing", "skate", "skateboard", "ski", "skip", "sleep", "smile", "snore", "solve", "speak", "spend", "stay", "stick",
    "study", "surf", "swim", "take", "talk", "teach", "tell", "think", "travel", "treat", "try", "visit", "volunteer", "walk", "want",
    "watch", "wear", "whistle", "win", "work", "write",
];

/// Base forms that are nouns too: alone they name a thing ("dance"), not an action.
const NOUNS_TOO: &[&str] = &[
    "cook", "craft", "dance", "design", "dream", "drink", "farm", "fish", "garden", "help", "love", "nurse", "plant",
    "race", "shop", "smile", "surf", "talk", "travel", "treat", "walk", "watch", "work", "sleep", "laugh", "play",
    "ride",
];

/// Past forms that facts begin with.
#[rustfmt::skip]
const PAST: &[&str] = &[
    "met", "grew", "won", "taught", "made", "helped", "ran", "built", "learnt", "wrote", "gave", "got", "went", "came", "took",
    "found", "kept", "fought", "swam", "sang", "drove", "flew", "rode", "said", "told", "held", "stood", "became", "began", "bought",
    "brought", "caught", "chose", "led", "lost", "saw", "sent", "slept", "spent", "spoke", "threw", "wore", "fell",
];

const ADVERBS: &[&str] =
    &["always", "never", "really", "often", "also", "still", "just", "usually", "sometimes", "even", "secretly"];

/// The base form of a verb in the third person or base form: "plays" and "play" are "play".
pub(super) fn base_of(token: &str) -> Option<&'static str> {
    let known = |form: &str| VERBS.iter().copied().find(|verb| *verb == form);
    third_to_base(token).or_else(|| known(token))
}

/// The base form of a verb in the third person only.
pub(super) fn third_to_base(token: &str) -> Option<&'static str> {
    let known = |form: &str| VERBS.iter().copied().find(|verb| *verb == form);
    match token {
        "has" => return Some("have"),
        "does" => return Some("do"),
        "goes" => return Some("go"),
        _ => {}
    }
    let ies = token.strip_suffix("ies").and_then(|stem| known(&format!("{stem}y")));
    ies.or_else(|| token.strip_suffix("es").and_then(known)).or_else(|| token.strip_suffix('s').and_then(known))
}

/// Whether a base form alone, or before a noun, rather names a thing.
pub(super) fn is_noun_too(base: &str) -> bool {
    NOUNS_TOO.contains(&base)
}

pub(super) fn is_past(token: &str) -> bool {
    PAST.contains(&token)
        || (token.len() > 4 && token.ends_with("ed") && !matches!(token, "naked" | "sacred" | "indeed"))
}

pub(super) fn is_adverb(token: &str) -> bool {
    ADVERBS.contains(&token)
}

/// "play football" → "playing football"; verbs joined by "and" all bend.
pub(super) fn gerund(phrase: &str) -> String {
    if let Some((first, second)) = phrase.split_once(" and ")
        && base_of(second.split(' ').next().unwrap_or_default()).is_some()
    {
        return format!("{} and {}", gerund(first), gerund(second));
    }
    let (verb, rest) = phrase.split_once(' ').map_or((phrase, ""), |(verb, rest)| (verb, rest));
    let ending = match verb {
        "hop" | "hug" | "hum" | "jog" | "knit" | "run" | "shop" | "skip" | "swim" | "win" | "get" | "forget" => {
            format!("{verb}{}ing", &verb[verb.len() - 1..])
        }
        "see" | "ski" => format!("{verb}ing"),
        _ => format!("{}ing", verb.strip_suffix('e').unwrap_or(verb)),
    };
    if rest.is_empty() { ending } else { format!("{ending} {rest}") }
}

/// Addresses a fact to the person: pronouns, the name itself, and the verbs that follow them.
pub(super) fn to_second_person(text: &str, name: &str) -> String {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let first_name = bare(name.split_whitespace().next().unwrap_or_default());
    let mut out: Vec<String> = Vec::new();
    let mut after_subject = false;
    for (index, token) in tokens.iter().enumerate() {
        let core = bare(token);
        let next = tokens.get(index + 1).map(|next| bare(next));
        let open_end = next.as_deref().is_none_or(|next| {
            matches!(
                next,
                "and"
                    | "or"
                    | "to"
                    | "in"
                    | "on"
                    | "at"
                    | "with"
                    | "for"
                    | "from"
                    | "when"
                    | "because"
                    | "so"
                    | "a"
                    | "the"
                    | "every"
            )
        });
        let is_name = core == first_name && !core.is_empty();
        let swapped = match core.as_str() {
            "her" if open_end => "you",
            "her" | "his" | "their" => "your",
            "she" | "he" | "they" => "you",
            "him" => "you",
            "hers" | "theirs" => "yours",
            "she's" | "he's" | "they're" | "shes" | "hes" => "you're",
            "herself" | "himself" | "themselves" => "yourself",
            _ if is_name => "you",
            _ if core.strip_suffix("'s").is_some_and(|stem| stem == first_name) => "your",
            "is" | "was" | "has" | "does" | "isn't" | "doesn't" if after_subject => match core.as_str() {
                "is" => "are",
                "was" => "were",
                "has" => "have",
                "does" => "do",
                "isn't" => "aren't",
                _ => "don't",
            },
            verb if after_subject => third_to_base(verb).unwrap_or(""),
            _ => "",
        };
        let subject = swapped == "you" && !matches!(core.as_str(), "her" | "him") || core == "you";
        let keeps = after_subject && (is_adverb(&core) || third_to_base(&core).is_some());
        after_subject =
            subject || keeps || (core == "and" && index > 0 && out.first().is_some_and(|first| first == "you"));
        out.push(if swapped.is_empty() { (*token).to_owned() } else { token.to_lowercase().replace(&core, swapped) });
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_turned_to_you() {
        for (fact, expected) in [
            ("her dog Biscuit", "your dog Biscuit"),
            ("she loves dinosaurs and her dog Biscuit", "you love dinosaurs and your dog Biscuit"),
            ("Mia always sings and dances", "you always sing and dance"),
            ("she's a nurse", "you're a nurse"),
            ("he is funny", "you are funny"),
            ("we adore her", "we adore you"),
            ("Mia's red bike", "your red bike"),
            ("they met in Rome", "you met in Rome"),
        ] {
            assert_eq!(to_second_person(fact, "Mia"), expected);
        }
    }

    #[test]
    fn verbs_bend() {
        assert_eq!(gerund("run fast"), "running fast");
        assert_eq!(gerund("bake"), "baking");
        assert_eq!(gerund("play football and sing"), "playing football and singing");
        assert_eq!(base_of("watches"), Some("watch"));
        assert_eq!(base_of("studies"), Some("study"));
        assert_eq!(base_of("dinosaurs"), None);
    }
}
