//! What the user told us about the song they want.

use serde::{Deserialize, Serialize};

/// The most facts a brief may hold.
pub const MAX_FACTS: usize = 8;
/// The longest fact, in characters.
pub const MAX_FACT_CHARS: usize = 200;
/// The longest name, in characters.
pub const MAX_NAME_CHARS: usize = 60;

/// Who the song is for and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub occasion: Occasion,
    /// The name to sing, as it is written.
    pub name: String,
    /// How the name sounds, in the user's spelling ("MEE-ah"); `None` leaves it to the lexicon.
    pub say: Option<String>,
    /// Age in years, where the occasion has one.
    pub age: Option<u16>,
    /// Things that are true of this person, one thought each.
    pub facts: Vec<String>,
    pub mood: Mood,
    pub style: Style,
    pub language: Language,
}

impl Brief {
    /// Splits free text ("dinosaurs; her dog Biscuit") into facts at semicolons and line ends.
    pub fn split_facts(about: &str) -> Vec<String> {
        about.split([';', '；', '\n']).map(str::trim).filter(|fact| !fact.is_empty()).map(str::to_owned).collect()
    }

    /// Checks that a song can be written from this brief.
    ///
    /// # Errors
    /// One [`BriefError`] variant per rule; each message names the field and what to change.
    pub fn check(&self) -> Result<(), BriefError> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(BriefError::EmptyName);
        }
        let chars = name.chars().count();
        if chars > MAX_NAME_CHARS {
            return Err(BriefError::NameTooLong { chars });
        }
        let spoken = self.say.as_deref().map(str::trim).filter(|say| !say.is_empty());
        if spoken.is_none() && !name.chars().any(is_singable_letter) {
            return Err(BriefError::UnsingableName { name: name.to_owned() });
        }
        if let Some(say) = spoken
            && !say.chars().any(|c| c.is_ascii_alphabetic())
        {
            return Err(BriefError::UnsingableSay { say: say.to_owned() });
        }
        if self.age.is_some_and(|age| age > 150) {
            return Err(BriefError::ImpossibleAge);
        }
        if self.facts.len() > MAX_FACTS {
            return Err(BriefError::TooManyFacts { count: self.facts.len() });
        }
        for (index, fact) in self.facts.iter().enumerate() {
            let chars = fact.chars().count();
            if chars > MAX_FACT_CHARS {
                return Err(BriefError::FactTooLong { number: index + 1, chars });
            }
        }
        match self.language {
            Language::English => Ok(()),
            language => Err(BriefError::LanguageNotSung { language }),
        }
    }
}

/// Latin letters, with or without accents: what the English singer can read.
fn is_singable_letter(c: char) -> bool {
    c.is_alphabetic() && (c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c))
}

/// Why a brief cannot be sung. Every message says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BriefError {
    #[error("the song needs a name: say who it is for")]
    EmptyName,
    #[error("the name has {chars} characters; shorten it to {MAX_NAME_CHARS} or fewer")]
    NameTooLong { chars: usize },
    #[error(
        "the singer cannot read the name “{name}”; spell how it sounds in Latin letters under “sounds like” (--say \"MEE-ah\")"
    )]
    UnsingableName { name: String },
    #[error("“{say}” has no letters to sing; spell how the name sounds, like “MEE-ah”")]
    UnsingableSay { say: String },
    #[error("an age above 150 is not believed; correct it or leave it out")]
    ImpossibleAge,
    #[error("{count} facts are too many for one song; keep the best {MAX_FACTS}")]
    TooManyFacts { count: usize },
    #[error("fact {number} has {chars} characters; shorten it to {MAX_FACT_CHARS} or split it in two")]
    FactTooLong { number: usize, chars: usize },
    #[error("this engine does not sing {language} yet; choose English")]
    LanguageNotSung { language: Language },
    #[error("there is no {kind} called “{value}”; choose one of: {choices}")]
    UnknownChoice { kind: &'static str, value: String, choices: String },
}

/// Declares a closed choice with its stable lower-case names.
macro_rules! choice {
    ($(#[$doc:meta])* $type:ident, $kind:literal { $($(#[$vdoc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $type { $($(#[$vdoc])* #[serde(rename = $name)] $variant),+ }

        impl $type {
            /// Every choice, in the order it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, as the command line and the database write it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = BriefError;

            fn from_str(value: &str) -> Result<Self, BriefError> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == value).ok_or_else(|| BriefError::UnknownChoice {
                    kind: $kind,
                    value: value.to_owned(),
                    choices: Self::ALL.iter().map(|choice| choice.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

choice! {
    /// Why the song is made.
    Occasion, "occasion" {
        Birthday = "birthday",
        Wedding = "wedding",
        Anniversary = "anniversary",
        NewBaby = "new-baby",
        Graduation = "graduation",
        ThankYou = "thank-you",
        Farewell = "farewell",
        Lullaby = "lullaby",
    }
}

choice! {
    /// How the song should feel.
    Mood, "mood" {
        Joyful = "joyful",
        Playful = "playful",
        Tender = "tender",
        Proud = "proud",
        Calm = "calm",
    }
}

choice! {
    /// How the band plays.
    Style, "style" {
        Pop = "pop",
        Folk = "folk",
        Rock = "rock",
        Ballad = "ballad",
        Swing = "swing",
        Lullaby = "lullaby",
    }
}

choice! {
    /// The language of the words.
    Language, "language" {
        English = "en",
        Mandarin = "zh",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mia() -> Brief {
        Brief {
            occasion: Occasion::Birthday,
            name: "Mia".into(),
            say: None,
            age: Some(7),
            facts: vec!["dinosaurs".into(), "her dog Biscuit".into()],
            mood: Mood::Joyful,
            style: Style::Pop,
            language: Language::English,
        }
    }

    #[test]
    fn a_good_brief_passes() {
        assert_eq!(mia().check(), Ok(()));
    }

    #[test]
    fn each_bad_field_is_named() {
        let cases: [(fn(&mut Brief), BriefError); 7] = [
            (|b| b.name = "  ".into(), BriefError::EmptyName),
            (|b| b.name = "a".repeat(61), BriefError::NameTooLong { chars: 61 }),
            (|b| b.name = "🎉🎉".into(), BriefError::UnsingableName { name: "🎉🎉".into() }),
            (|b| b.name = "محمد".into(), BriefError::UnsingableName { name: "محمد".into() }),
            (|b| b.facts = vec!["x".repeat(5000)], BriefError::FactTooLong { number: 1, chars: 5000 }),
            (|b| b.facts = vec!["x".into(); 9], BriefError::TooManyFacts { count: 9 }),
            (|b| b.language = Language::Mandarin, BriefError::LanguageNotSung { language: Language::Mandarin }),
        ];
        for (spoil, expected) in cases {
            let mut brief = mia();
            spoil(&mut brief);
            assert_eq!(brief.check(), Err(expected));
        }
    }

    #[test]
    fn an_unreadable_name_is_fine_once_it_is_spelled() {
        let brief = Brief { name: "美雅".into(), say: Some("MAY-yah".into()), ..mia() };
        assert_eq!(brief.check(), Ok(()));
    }

    #[test]
    fn choices_parse_back_and_unknown_ones_list_the_rest() {
        for style in Style::ALL {
            assert_eq!(style.as_str().parse(), Ok(*style));
        }
        let message = "opera".parse::<Style>().unwrap_err().to_string();
        assert!(message.contains("opera") && message.contains("swing"), "{message}");
    }

    #[test]
    fn free_text_becomes_facts() {
        assert_eq!(Brief::split_facts(" dinosaurs;; her dog Biscuit\n"), ["dinosaurs", "her dog Biscuit"]);
    }
}
