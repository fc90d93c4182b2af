//! Colour: quotes the chorus before and after the song, answers the singer between lines, lifts the choruses.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use score::{Instrument, PPQ, Part, SectionKind, Seed, StemKind, Style};

use super::player::Player;
use super::{Phrase, Plan};

/// Where answers are played.
const LOWEST: u8 = 67;
const HIGHEST: u8 = 84;

/// The General MIDI programs a style may choose from.
fn programs(style: Style) -> &'static [u8] {
    match style {
        Style::Pop => &[48, 9, 11],
        Style::Folk => &[73, 40, 22],
        Style::Rock => &[18, 16],
        Style::Ballad => &[48, 42, 71],
        Style::Swing => &[71, 11, 61],
        Style::Lullaby => &[10, 8, 73],
    }
}

/// Whether the instrument can hold a note (bells cannot).
fn sustains(program: u8) -> bool {
    !(8..=14).contains(&program)
}

/// The part of the colour player.
pub(super) fn play(plan: &Plan<'_>, seed: Seed) -> Part {
    let mut rng = seed.stream("colour player");
    let choices = programs(plan.feel.style);
    let program = choices[rng.random_range(0..choices.len())];
    let mut player = Player::new(plan, StemKind::Colour, Instrument::Program(program), 6, seed);
    quote_hook(plan, &mut player);
    for phrase in &plan.phrases {
        let chance = match (phrase.kind, phrase.answers) {
            (SectionKind::Chorus, _) if sustains(program) => 0.0,
            (_, true) => 1.0,
            (_, false) => 0.35,
        };
        // Drawn for every phrase, so that a changed line moves nothing else.
        let (plays, mut own) = (rng.random_bool(chance), seed.stream(&format!("answer {}", phrase.end)));
        if plays {
            answer(plan, phrase, &mut player, &mut own);
        }
    }
    if sustains(program) {
        hold_choruses(plan, &mut player);
    }
    let tonic = plan.compass.tonic + 12;
    player.note(tonic, plan.final_hit, plan.end - plan.final_hit, 0.6);
    player.note(tonic + plan.compass.key.scale.steps()[2], plan.final_hit, plan.end - plan.final_hit, 0.5);
    player.finish()
}

/// Plays the hook in the intro, and again in an outro that has room for it, an octave above the singer.
fn quote_hook(plan: &Plan<'_>, player: &mut Player) {
    let bar = plan.feel.meter.bar().0;
    let line = plan.feel.line_bars() * bar;
    let first_and_last = [plan.sections.first(), plan.sections.last()];
    for section in first_and_last.into_iter().flatten() {
        let (start, length) = (section.span.start.0, section.span.end.0 - section.span.start.0);
        // Where the quote is all there is, its end makes room for the dominant.
        let until = if length > line { line } else { line * 3 / 4 };
        let too_short = length < line || section.kind == SectionKind::Outro && length <= line;
        for (onset, duration, pitch) in plan.hook.iter().filter(|(onset, ..)| *onset >= 0 && !too_short) {
            let onset = *onset as u32;
            if onset < until && start + onset < plan.final_hit {
                player.note(pitch + 12, start + onset, (*duration).min(until - onset), 0.62);
            }
        }
    }
}

/// Two to four notes, by step, from the held end of a line towards the next chord.
fn answer(plan: &Plan<'_>, phrase: &Phrase, player: &mut Player, rng: &mut ChaCha8Rng) {
    let slot = plan.feel.slot();
    let start = (phrase.last_onset + 2 * slot).div_ceil(slot) * slot;
    let room = phrase.end.saturating_sub(start) / slot;
    let count = room.min(4);
    if count < 2 {
        return;
    }
    let goal = nearest_tone(plan, phrase.end.min(plan.end - 1), rng.random_range(70..=79));
    let rising = goal < 74 || goal < 79 && rng.random_bool(0.5);
    let scale: Vec<u8> = (LOWEST - 5..=HIGHEST + 5).filter(|pitch| plan.compass.key.contains(*pitch)).collect();
    let Some(goal_index) = scale.iter().position(|pitch| *pitch == goal) else { return };
    for number in 0..count {
        let away = (count - number) as usize;
        let index = if rising { goal_index.saturating_sub(away) } else { (goal_index + away).min(scale.len() - 1) };
        let at = phrase.end - (count - number) * slot;
        player.note(scale[index], at, slot * 9 / 10, 0.5 + 0.03 * number as f32);
    }
    if phrase.end < plan.final_hit {
        player.note(goal, phrase.end, PPQ, 0.52);
    }
}

/// One long note a chord under the chorus, moving to the nearest tone.
fn hold_choruses(plan: &Plan<'_>, player: &mut Player) {
    for section in plan.sections.iter().filter(|section| section.kind == SectionKind::Chorus) {
        let mut at = section.span.start.0;
        let mut pitch = 74;
        while at < section.span.end.0.min(plan.final_hit) {
            let until = plan.chord_at(at).1.min(section.span.end.0).max(at + 1);
            pitch = nearest_tone(plan, at, pitch);
            player.note(pitch, at, until - at, 0.46);
            if let Some(below) = (LOWEST - 7..pitch).rev().find(|p| pitch - p >= 3 && plan.chord_at(at).0.contains(*p))
            {
                player.note(below, at, until - at, 0.42);
            }
            at = until;
        }
    }
}

/// The tone of the chord at `at` nearest to `pitch`, within the answering range.
fn nearest_tone(plan: &Plan<'_>, at: u32, pitch: u8) -> u8 {
    let chord = plan.chord_at(at).0;
    (LOWEST..=HIGHEST).filter(|p| chord.contains(*p)).min_by_key(|p| p.abs_diff(pitch)).unwrap_or(pitch)
}
