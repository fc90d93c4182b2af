//! From the form to a queued job.

use score::{Brief, Language, Mood, Occasion, Seed, Style};

use crate::error::Result;
use crate::jobs::MakeJob;
use crate::types::{ApiError, Choices, JobKind, MakeRequest};
use crate::{App, id};

/// The most takes one request makes.
pub const MAX_TAKES: u32 = 4;

impl App {
    /// Queues a song; the form is checked first, so a wrong field costs no waiting. Gives the job's id.
    ///
    /// # Errors
    /// `BadInput` naming the field that needs a change.
    pub fn make_song(&self, request: &MakeRequest) -> Result<String> {
        let job = make_job(request)?;
        self.submit(JobKind::Make, &job.brief.name, None, &job)
    }
}

/// The closed choices of the form.
pub fn choices() -> Choices {
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
    Choices {
        occasions: names(&Occasion::ALL.iter().map(|choice| choice.as_str()).collect::<Vec<_>>()),
        moods: names(&Mood::ALL.iter().map(|choice| choice.as_str()).collect::<Vec<_>>()),
        styles: names(&Style::ALL.iter().map(|choice| choice.as_str()).collect::<Vec<_>>()),
    }
}

fn make_job(request: &MakeRequest) -> Result<MakeJob> {
    let brief = Brief {
        occasion: request.occasion.parse::<Occasion>()?,
        name: request.name.trim().to_owned(),
        say: filled(request.say.as_deref()),
        age: request.age,
        facts: Brief::split_facts(&request.about),
        mood: request.mood.parse::<Mood>()?,
        style: request.style.parse::<Style>()?,
        language: request.language.parse::<Language>()?,
    };
    brief.check()?;
    if !(1..=MAX_TAKES).contains(&request.takes) {
        return Err(ApiError::bad_input(format!(
            "{} takes cannot be made at once; ask for 1 to {MAX_TAKES}",
            request.takes
        )));
    }
    let lyrics = filled(request.lyrics.as_deref());
    if let Some(text) = &lyrics {
        songwriter::lyrics_from_text(text, &brief).map_err(ApiError::bad_input)?;
    }
    let seed = match filled(request.seed.as_deref()) {
        Some(text) => text.parse().map_err(|_| {
            ApiError::bad_input(format!(
                "“{text}” is not a seed; use a whole number from 0 to {}, or leave it out",
                u64::MAX
            ))
        })?,
        // 53 bits: exact in every reader of JSON.
        None => id::random_u64()? >> 11,
    };
    let salt = format!("{:016x}{:016x}", id::random_u64()?, id::random_u64()?);
    Ok(MakeJob { brief, lyrics, seed: Seed(seed), takes: request.takes, salt })
}

/// Trimmed text, or nothing when there is none.
fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> MakeRequest {
        MakeRequest {
            occasion: "birthday".into(),
            name: " Mia ".into(),
            say: Some("  ".into()),
            age: Some(7),
            about: "dinosaurs; her dog Biscuit".into(),
            mood: "joyful".into(),
            style: "pop".into(),
            language: "en".into(),
            lyrics: None,
            seed: None,
            takes: 2,
        }
    }

    #[test]
    fn a_form_becomes_a_job() {
        let job = make_job(&form()).unwrap();
        assert_eq!((job.brief.name.as_str(), job.brief.say, job.brief.facts.len()), ("Mia", None, 2));
        assert!(job.seed.0 < 1 << 53);
        let given = make_job(&MakeRequest { seed: Some("18446744073709551615".into()), ..form() }).unwrap();
        assert_eq!(given.seed, Seed(u64::MAX));
    }

    #[test]
    fn wrong_fields_are_named() {
        let cases = [
            (MakeRequest { name: String::new(), ..form() }, "needs a name"),
            (MakeRequest { style: "opera".into(), ..form() }, "opera"),
            (MakeRequest { language: "fr".into(), ..form() }, "fr"),
            (MakeRequest { language: "zh".into(), ..form() }, "choose English"),
            (MakeRequest { takes: 0, ..form() }, "1 to 4"),
            (MakeRequest { seed: Some("-1".into()), ..form() }, "whole number"),
            (MakeRequest { about: "x".repeat(5000), ..form() }, "5000 characters"),
            (MakeRequest { name: "👶".into(), ..form() }, "sounds like"),
        ];
        for (request, part) in cases {
            let error = make_job(&request).unwrap_err();
            assert!(error.message.contains(part), "{}", error.message);
            assert_eq!(error.code, crate::types::ErrorCode::BadInput);
        }
    }
}
