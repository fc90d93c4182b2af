//! Drums: a groove for verses and one for choruses, fills, crashes, the final hit.

use rand::Rng;
use score::{Instrument, Part, SectionKind, Seed, StemKind, Style};

use super::player::Player;
use super::{Bar, Plan, SIXTEENTH};

// General MIDI percussion keys.
const KICK: u8 = 36;
const SIDE_STICK: u8 = 37;
const SNARE: u8 = 38;
const CLAP: u8 = 39;
const LOW_TOM: u8 = 45;
const MID_TOM: u8 = 47;
const HIGH_TOM: u8 = 50;
const CLOSED_HAT: u8 = 42;
const PEDAL_HAT: u8 = 44;
const OPEN_HAT: u8 = 46;
const CRASH: u8 = 49;
const RIDE: u8 = 51;
const TAMBOURINE: u8 = 54;
const MARACAS: u8 = 70;
const TRIANGLE: u8 = 81;

/// Lines of a bar: a key and its sixteenths, `X` accented, `x` plain, `o` soft.
type Groove = &'static [(u8, &'static str)];

fn groove(style: Style, waltz: bool, full: bool) -> Groove {
    match (style, waltz, full) {
        (Style::Lullaby, true, false) => &[(TRIANGLE, "o...........")],
        (Style::Lullaby, true, true) => &[(TRIANGLE, "x..........."), (MARACAS, "....o...o...")],
        (Style::Lullaby, false, false) => &[(TRIANGLE, "o..............."), (MARACAS, "....o.......o...")],
        (Style::Lullaby, false, true) => &[(TRIANGLE, "x.......o......."), (MARACAS, "o...x...o...x...")],
        (_, true, false) => &[(KICK, "x..........."), (SIDE_STICK, "....o...o..."), (MARACAS, "x...o...o...")],
        (_, true, true) => &[(KICK, "X..........."), (SNARE, "....x...x..."), (RIDE, "x...x...x.o.")],
        (Style::Pop, _, false) => {
            &[(KICK, "X.......x.x....."), (SNARE, "....X.......X..."), (CLOSED_HAT, "x.o.x.o.x.o.x.o.")]
        }
        (Style::Pop, _, true) => &[
            (KICK, "X..x..x.X.x....."),
            (SNARE, "....X.......X..."),
            (CLAP, "....x.......x..."),
            (OPEN_HAT, "..............x."),
            (CLOSED_HAT, "x.x.x.x.x.x.x..."),
            (TAMBOURINE, "o.x.o.x.o.x.o.x."),
        ],
        (Style::Folk, _, false) => {
            &[(KICK, "x.......x......."), (SIDE_STICK, "....x.......x..."), (MARACAS, "x.o.x.o.x.o.x.o.")]
        }
        (Style::Folk, _, true) => {
            &[(KICK, "X.......X.x....."), (SNARE, "....x.......x.o."), (TAMBOURINE, "x.o.X.o.x.o.X.o.")]
        }
        (Style::Rock, _, false) => {
            &[(KICK, "X.......X.x....."), (SNARE, "....X.......X..."), (CLOSED_HAT, "X.x.X.x.X.x.X.x.")]
        }
        (Style::Rock, _, true) => &[
            (KICK, "X.x...x.X.x....."),
            (SNARE, "....X.......X..."),
            (RIDE, "X.x.X.x.X.x.X.x."),
            (OPEN_HAT, "..............x."),
        ],
        (Style::Ballad, _, false) => {
            &[(KICK, "x.............o."), (SIDE_STICK, "........x......."), (CLOSED_HAT, "x...o...x...o...")]
        }
        (Style::Ballad, _, true) => &[
            (KICK, "X.........x...o."),
            (SNARE, "........X......."),
            (RIDE, "x...x...x...x..."),
            (TAMBOURINE, "........x......."),
        ],
        (Style::Swing, _, false) => {
            &[(KICK, "o...o...o...o..."), (PEDAL_HAT, "....x.......x..."), (RIDE, "x...x.o.x...x.o.")]
        }
        (Style::Swing, _, true) => &[
            (KICK, "x...o...x...o..."),
            (SNARE, "....x.......x..."),
            (PEDAL_HAT, "....x.......x..."),
            (RIDE, "X...x.x.X...x.x."),
        ],
    }
}

/// Fills: the last half of the bar before a new section.
const FILLS: [&[(u8, &str)]; 4] = [
    &[(SNARE, "x.xx...."), (HIGH_TOM, "....xx.."), (LOW_TOM, "......xx")],
    &[(SNARE, "x.x.x.X."), (KICK, "x...x...")],
    &[(HIGH_TOM, "x.x....."), (MID_TOM, "....x.x."), (LOW_TOM, "......xX")],
    &[(SNARE, "o.x.xxXX")],
];

/// The drummer's part.
pub(super) fn play(plan: &Plan<'_>, seed: Seed) -> Part {
    let soft = plan.feel.style == Style::Lullaby;
    let mut player = Player::new(plan, StemKind::Drums, Instrument::Kit, 4, seed);
    let mut rng = seed.stream("drums");
    let bar_length = plan.feel.meter.bar().0;
    let bars = plan.bars();
    for bar in &bars {
        let fills = bar.last && !soft;
        let fill_start = bar.start + bar_length - 8 * SIXTEENTH;
        let starts_full = bar.index_in_section == 0 && bar.is_full() && bar.kind != SectionKind::Outro;
        for (key, pattern) in groove(plan.feel.style, plan.feel.is_waltz(), bar.is_full()) {
            if bar.kind == SectionKind::Intro && bar.index_in_section == 0 && matches!(*key, SNARE | SIDE_STICK) {
                continue;
            }
            for (at, mark) in plan.events(bar, pattern, None) {
                if !(fills && at >= fill_start) {
                    player.note(*key, at, SIXTEENTH, loudness(mark) * (0.7 + 0.3 * bar.level));
                }
            }
        }
        if starts_full {
            let key = if soft { TRIANGLE } else { CRASH };
            player.note(key, bar.start, 8 * SIXTEENTH, if soft { 0.5 } else { 0.75 });
        }
        if fills {
            fill(plan, bar, fill_start, &mut player, FILLS[rng.random_range(0..FILLS.len())]);
        }
    }
    let hit: &[u8] = if soft { &[TRIANGLE] } else { &[KICK, CRASH] };
    for key in hit {
        player.note(*key, plan.final_hit, 16 * SIXTEENTH, if soft { 0.5 } else { 0.85 });
    }
    player.finish()
}

/// Gentle styles play the fill's outline only.
fn fill(plan: &Plan<'_>, bar: &Bar, start: u32, player: &mut Player, lines: &[(u8, &str)]) {
    let gentle = plan.feel.is_waltz() || matches!(plan.feel.style, Style::Ballad | Style::Folk | Style::Swing);
    for (key, pattern) in lines {
        for (place, mark) in (0_u32..).zip(pattern.chars()) {
            if mark == '.' || gentle && place % 2 == 1 {
                continue;
            }
            let scale = if gentle { 0.65 } else { 0.85 };
            player.note(*key, start + place * SIXTEENTH, SIXTEENTH, loudness(mark) * scale * (0.8 + 0.2 * bar.level));
        }
    }
}

fn loudness(mark: char) -> f32 {
    match mark {
        'X' => 0.95,
        'x' => 0.75,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_groove_is_one_bar_long() {
        for style in Style::ALL {
            for waltz in [false, true] {
                for full in [false, true] {
                    for (_, pattern) in groove(*style, waltz, full) {
                        assert_eq!(pattern.len(), if waltz { 12 } else { 16 }, "{style} {waltz} {full} {pattern}");
                    }
                }
            }
        }
        assert!(FILLS.iter().flat_map(|fill| fill.iter()).all(|(_, pattern)| pattern.len() == 8));
    }
}
