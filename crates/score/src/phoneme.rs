//! The sounds of English, in ARPAbet.

use serde::{Deserialize, Serialize};

macro_rules! phonemes {
    ($($variant:ident = $class:ident),+ $(,)?) => {
        /// One sound, in ARPAbet without its stress digit (stress belongs to the syllable).
        ///
        /// `AX` is the reduced vowel that dictionaries write `AH0`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Phoneme { $($variant),+ }

        impl Phoneme {
            /// Every phoneme.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The ARPAbet symbol, upper case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),+ }
            }

            /// The manner of articulation.
            pub const fn class(self) -> PhonemeClass {
                match self { $(Self::$variant => PhonemeClass::$class),+ }
            }
        }
    };
}

phonemes! {
    AA = Vowel, AE = Vowel, AH = Vowel, AX = Vowel, AO = Vowel, AW = Diphthong, AY = Diphthong, EH = Vowel, ER = Vowel,
    EY = Diphthong, IH = Vowel, IY = Vowel, OW = Diphthong, OY = Diphthong, UH = Vowel, UW = Vowel,
    B = VoicedStop, D = VoicedStop, G = VoicedStop, P = Stop, T = Stop, K = Stop,
    CH = Affricate, JH = VoicedAffricate,
    F = Fricative, TH = Fricative, S = Fricative, SH = Fricative, HH = Aspirate,
    V = VoicedFricative, DH = VoicedFricative, Z = VoicedFricative, ZH = VoicedFricative,
    M = Nasal, N = Nasal, NG = Nasal, L = Approximant, R = Approximant, W = Approximant, Y = Approximant,
}

/// Manner of articulation: what a singer needs to know to time and voice a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhonemeClass {
    Vowel,
    Diphthong,
    Stop,
    VoicedStop,
    Affricate,
    VoicedAffricate,
    Fricative,
    VoicedFricative,
    Aspirate,
    Nasal,
    Approximant,
}

impl Phoneme {
    /// Whether the sound can carry a note.
    pub const fn is_vowel(self) -> bool {
        matches!(self.class(), PhonemeClass::Vowel | PhonemeClass::Diphthong)
    }

    /// Whether the vocal folds vibrate.
    pub const fn is_voiced(self) -> bool {
        !matches!(
            self.class(),
            PhonemeClass::Stop | PhonemeClass::Affricate | PhonemeClass::Fricative | PhonemeClass::Aspirate
        )
    }
}

impl std::fmt::Display for Phoneme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A symbol that is not ARPAbet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an ARPAbet symbol")]
pub struct UnknownPhoneme(pub String);

impl std::str::FromStr for Phoneme {
    type Err = UnknownPhoneme;

    /// Reads a symbol; a trailing stress digit is ignored, `AH0` gives [`Phoneme::AX`].
    fn from_str(symbol: &str) -> Result<Self, UnknownPhoneme> {
        if symbol == "AH0" {
            return Ok(Self::AX);
        }
        let bare = symbol.trim_end_matches(|c: char| c.is_ascii_digit());
        Self::ALL.iter().copied().find(|p| p.as_str() == bare).ok_or_else(|| UnknownPhoneme(symbol.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_read_back_with_and_without_stress() {
        for phoneme in Phoneme::ALL {
            assert_eq!(phoneme.as_str().parse(), Ok(*phoneme));
        }
        assert_eq!("AH0".parse(), Ok(Phoneme::AX));
        assert_eq!("AH1".parse(), Ok(Phoneme::AH));
        assert!("QQ".parse::<Phoneme>().is_err());
    }

    #[test]
    fn voicing_follows_the_class() {
        assert!(Phoneme::Z.is_voiced() && Phoneme::M.is_voiced() && Phoneme::EY.is_vowel());
        assert!(!Phoneme::S.is_voiced() && !Phoneme::HH.is_voiced() && !Phoneme::L.is_vowel());
    }
}
