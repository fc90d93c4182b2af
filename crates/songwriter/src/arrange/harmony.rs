//! Harmony: piano, guitar or harp; voicings that move as little as they can.

use rand::Rng;
use score::{Chord, Instrument, Part, Seed, StemKind, Style};

use super::player::Player;
use super::{Bar, Plan};

/// `C` the chord, `c` the chord softly, `B` its lowest note, `1`–`4` single notes from below.
fn patterns(style: Style, waltz: bool, full: bool) -> &'static [&'static str] {
    match (style, waltz, full) {
        (Style::Lullaby, true, false) => &["1...2...3...", "1...3...2..."],
        (Style::Lullaby, true, true) => &["1.2.3.4.3.2."],
        (_, true, false) => &["B...c...c..."],
        (_, true, true) => &["B...c.2.c.3."],
        (Style::Pop, _, false) => &["C...c...C...c...", "C.....c.C...c..."],
        (Style::Pop, _, true) => &["C.c.c.C.c.c.C.c."],
        (Style::Folk, _, false) => &["B.2.3.2.1.2.3.2.", "B.2.3.4.1.3.2.3."],
        (Style::Folk, _, true) => &["C...C.c...c.C.c."],
        (Style::Rock, _, false) => &["C.c.c.c.C.c.c.c."],
        (Style::Rock, _, true) => &["C.c.C.c.C.c.C.C."],
        (Style::Ballad, _, false) => &["B.2.3.4.3.2.3.2."],
        (Style::Ballad, _, true) => &["C.2.3.4.C.2.3.4."],
        (Style::Swing, _, false) => &["C.....c.........", "....c.....c.....", "C.....c.....c..."],
        (Style::Swing, _, true) => &["C.....c...c.....", "c...C...c...C..."],
        (Style::Lullaby, _, false) => &["1.2.3.2.1.2.3.2."],
        (Style::Lullaby, _, true) => &["1.2.3.4.3.2.3.2."],
    }
}

/// Whether notes ring on under the next ones, as with a pedal or on a harp.
fn rings(style: Style) -> bool {
    matches!(style, Style::Folk | Style::Ballad | Style::Lullaby)
}

/// The part of the chord player.
pub(super) fn play(plan: &Plan<'_>, seed: Seed) -> Part {
    let style = plan.feel.style;
    let mut rng = seed.stream("harmony player");
    let program = match style {
        Style::Pop => [0, 4][rng.random_range(0..2)],
        Style::Folk => [24, 25][rng.random_range(0..2)],
        Style::Rock => 29,
        Style::Ballad | Style::Swing => 0,
        Style::Lullaby => [46, 24][rng.random_range(0..2)],
    };
    let mut player = Player::new(plan, StemKind::Harmony, Instrument::Program(program), 5, seed);
    let mut voicing = Vec::new();
    let bar_length = plan.feel.meter.bar().0;
    for bar in plan.bars() {
        let choices = patterns(style, plan.feel.is_waltz(), bar.is_full());
        let pattern = choices[rng.random_range(0..choices.len())];
        let events = plan.events(&bar, pattern, Some('C'));
        for (index, (at, mark)) in events.iter().enumerate() {
            let (chord, until) = plan.chord_at(*at);
            if voicing.is_empty() || plan.chord_begins(*at) {
                voicing = voice(chord, style, &voicing);
            }
            let next = events.get(index + 1).map_or(bar.start + bar_length, |(at, _)| *at);
            let end = if rings(style) { until.min(bar.start + bar_length) } else { next.min(until) };
            strike(&mut player, &bar, &voicing, style, (*at, end.max(at + 1) - at), *mark);
        }
    }
    let last = voice(plan.chord_at(plan.final_hit).0, style, &voicing);
    for (index, pitch) in (0_u32..).zip(&last) {
        let strum = if style == Style::Rock { 0 } else { index * 14 };
        player.note(*pitch, plan.final_hit + strum, plan.end - plan.final_hit - strum, 0.72);
    }
    player.finish()
}

/// Plays one pattern mark at `span` = (onset, length).
fn strike(player: &mut Player, bar: &Bar, voicing: &[u8], style: Style, span: (u32, u32), mark: char) {
    let (at, length) = span;
    let base = 0.42 + 0.2 * bar.level;
    let length = (length * 19 / 20).max(1);
    if let Some(number) = mark.to_digit(10) {
        let index = number.saturating_sub(1) as usize;
        let octave = 12 * (index / voicing.len().max(1)) as u8;
        if let Some(pitch) = voicing.get(index % voicing.len().max(1)) {
            player.note(pitch + octave, at, length, base);
        }
        return;
    }
    match (mark, voicing.first()) {
        ('B', Some(lowest)) => player.note(*lowest, at, length, base + 0.08),
        _ => {
            let strum = if style == Style::Folk { 10 } else { 0 };
            let loudness = base + if mark == 'C' { 0.08 } else { -0.04 };
            for (index, pitch) in (0_u32..).zip(voicing) {
                player.note(*pitch, at + index * strum, length.saturating_sub(index * strum).max(1), loudness);
            }
        }
    }
}

/// The chord's notes near the voicing before it: close position between C3 and A4, over its root where a guitar's low
/// strings or a pianist's left hand would play it; power chords in rock.
fn voice(chord: Chord, style: Style, before: &[u8]) -> Vec<u8> {
    let root = 40 + (chord.root + 12 - 4) % 12;
    match style {
        Style::Rock => vec![root, root + 7, root + 12],
        Style::Folk | Style::Ballad => {
            let mut notes = close_position(chord, before.get(1..).unwrap_or_default());
            notes.retain(|pitch| *pitch != root);
            notes.insert(0, root);
            notes
        }
        Style::Pop | Style::Swing | Style::Lullaby => close_position(chord, before),
    }
}

/// The inversion between C3 and A4 that moves least.
fn close_position(chord: Chord, before: &[u8]) -> Vec<u8> {
    let centre =
        if before.is_empty() { 58 } else { before.iter().map(|p| u32::from(*p)).sum::<u32>() / before.len() as u32 };
    let classes: Vec<u8> = chord.intervals().iter().map(|interval| (chord.root + interval) % 12).collect();
    (0..classes.len())
        .flat_map(|inversion| [48, 55].map(|floor| stack(&classes, inversion, floor)))
        .filter(|notes| notes.last().is_some_and(|top| *top <= 69))
        .min_by_key(|notes| {
            let mean = notes.iter().map(|p| u32::from(*p)).sum::<u32>() / notes.len() as u32;
            // Staying near the last voicing first, staying near the middle of the keyboard second.
            (mean.abs_diff(centre) * 2 + mean.abs_diff(58), notes[0])
        })
        .unwrap_or_else(|| stack(&classes, 0, 48))
}

/// The chord's classes stacked upwards from the first at or above `floor`, beginning with `inversion`.
fn stack(classes: &[u8], inversion: usize, floor: u8) -> Vec<u8> {
    let mut notes: Vec<u8> = Vec::with_capacity(classes.len());
    let mut from = floor;
    for index in 0..classes.len() {
        let class = classes[(inversion + index) % classes.len()];
        let pitch = from + (class + 12 - from % 12) % 12;
        notes.push(pitch);
        from = pitch + 1;
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use score::ChordQuality;

    #[test]
    fn guitars_and_ballads_have_their_root_below() {
        for root in 0..12 {
            let notes = voice(Chord { root, quality: ChordQuality::Minor }, Style::Folk, &[45, 57, 60, 64]);
            assert!(notes[0] % 12 == root && notes.windows(2).all(|pair| pair[0] < pair[1]), "{notes:?}");
        }
    }

    #[test]
    fn voicings_hold_the_chord_and_stay_near() {
        let mut before = Vec::new();
        for root in 0..12 {
            for quality in [ChordQuality::Major, ChordQuality::Minor7, ChordQuality::Dominant7] {
                let chord = Chord { root, quality };
                let notes = voice(chord, Style::Pop, &before);
                assert_eq!(notes.len(), chord.intervals().len());
                assert!(notes.iter().all(|pitch| chord.contains(*pitch) && (48..=69).contains(pitch)), "{notes:?}");
                before = notes;
            }
        }
    }

    #[test]
    fn every_pattern_is_one_bar_long() {
        for style in Style::ALL {
            for (waltz, length) in [(false, 16), (true, 12)] {
                for full in [false, true] {
                    assert!(patterns(*style, waltz, full).iter().all(|pattern| pattern.len() == length));
                }
            }
        }
    }
}
