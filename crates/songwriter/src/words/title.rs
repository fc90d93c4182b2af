//! Titles: "Mia Turns Seven".

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use score::{Brief, Occasion, Seed};

use super::WordsError;
use super::line::Singer;
use crate::pronounce::spelled;

/// A title for the brief; the same seed gives the same title.
///
/// # Errors
/// Those of [`super::write_lyrics`] about the name.
pub fn title(brief: &Brief, seed: Seed) -> Result<String, WordsError> {
    let singer = Singer::new(brief)?;
    Ok(pick(brief, &singer.name(), &mut seed.stream("title")))
}

/// `name` as it is sung.
pub(super) fn pick(brief: &Brief, name: &str, rng: &mut ChaCha8Rng) -> String {
    let age = brief.age.filter(|age| *age > 0).map(|age| capitals(&spelled(age)));
    let choices: Vec<String> = match (brief.occasion, age) {
        (Occasion::Birthday, Some(age)) => vec![format!("{name} Turns {age}"), format!("{name} Is {age} Today")],
        (Occasion::Birthday, None) => vec![format!("Happy Birthday, {name}"), format!("Your Day, {name}")],
        (Occasion::Wedding, _) => vec![format!("Hand in Hand, {name}"), format!("Ring the Bells for {name}")],
        (Occasion::Anniversary, Some(age)) if brief.age != Some(1) => {
            vec![format!("{age} Years, {name}"), format!("{name}, {age} Years On")]
        }
        (Occasion::Anniversary, _) => vec![format!("Still in Love, {name}"), format!("One More Year, {name}")],
        (Occasion::NewBaby, _) => vec![format!("Hello, {name}"), format!("Welcome, {name}")],
        (Occasion::Graduation, _) => vec![format!("Hats Off, {name}"), format!("Your Turn to Fly, {name}")],
        (Occasion::ThankYou, _) => vec![format!("Thank You, {name}"), format!("All You Do, {name}")],
        (Occasion::Farewell, _) => vec![format!("So Long, {name}"), format!("Not for Long, {name}")],
        (Occasion::Lullaby, _) => vec![format!("Goodnight, {name}"), format!("Lullaby for {name}")],
    };
    choices.choose(rng).cloned().unwrap_or_else(|| name.to_owned())
}

/// "twenty-one" → "Twenty-One".
fn capitals(text: &str) -> String {
    let mut start = true;
    let mut out = String::new();
    for c in text.chars() {
        if start {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        start = matches!(c, ' ' | '-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_capitals() {
        assert_eq!(capitals("twenty-one"), "Twenty-One");
    }
}
