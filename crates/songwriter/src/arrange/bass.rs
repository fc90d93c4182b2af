//! Bass: roots where chords begin, a walking line in swing.

use score::{Instrument, Part, Seed, StemKind, Style};

use super::player::Player;
use super::{Plan, SIXTEENTH};

/// Lowest note: the open E string.
const LOWEST: u8 = 28;

/// `r` root, `t` third, `f` fifth, `o` octave, `a` a step towards the next bar's root.
fn pattern(style: Style, waltz: bool, full: bool) -> &'static str {
    match (style, waltz, full) {
        (Style::Lullaby, true, _) | (_, true, false) => "r...........",
        (_, true, true) => "r.......f...",
        (Style::Pop, _, false) => "r.....r.r.....f.",
        (Style::Pop, _, true) => "r..r..r.r.r.o.f.",
        (Style::Folk, ..) => "r.......f.......",
        (Style::Rock, _, false) => "r...r.r.r...r.r.",
        (Style::Rock, _, true) => "r.r.r.r.r.r.r.a.",
        (Style::Ballad, _, false) => "r.............f.",
        (Style::Ballad, _, true) => "r.......r...f...",
        (Style::Swing, ..) => "r...t...f...a...",
        (Style::Lullaby, _, false) => "r...............",
        (Style::Lullaby, _, true) => "r.......f.......",
    }
}

/// The bassist's part.
pub(super) fn play(plan: &Plan<'_>, seed: Seed) -> Part {
    let program = match plan.feel.style {
        Style::Pop | Style::Ballad => 33,
        Style::Rock => 34,
        Style::Folk | Style::Swing | Style::Lullaby => 32,
    };
    let mut player = Player::new(plan, StemKind::Bass, Instrument::Program(program), 5, seed);
    let bar_length = plan.feel.meter.bar().0;
    for bar in plan.bars() {
        let events = plan.events(&bar, pattern(plan.feel.style, plan.feel.is_waltz(), bar.is_full()), Some('r'));
        for (index, (at, mark)) in events.iter().enumerate() {
            let (chord, until) = plan.chord_at(*at);
            let next = events.get(index + 1).map_or(bar.start + bar_length, |(at, _)| *at);
            let root = root(chord.root);
            let mark = if plan.chord_begins(*at) { 'r' } else { *mark };
            let pitch = match mark {
                't' => root + chord.intervals().get(1).copied().unwrap_or(4),
                'f' => fold(root + chord.intervals().get(2).copied().unwrap_or(7)),
                'o' => root + 12,
                'a' => approach(plan, root, self::root(plan.chord_at(bar.start + bar_length).0.root)),
                _ => root,
            };
            let length = (next.min(until).max(at + SIXTEENTH) - at) * 9 / 10;
            let accent = if *at == bar.start { 0.08 } else { 0.0 };
            player.note(pitch, *at, length, 0.62 + 0.15 * bar.level + accent);
        }
    }
    player.note(root(plan.chord_at(plan.final_hit).0.root), plan.final_hit, plan.end - plan.final_hit, 0.8);
    player.finish()
}

/// The root's pitch between E and the E♭ above.
fn root(class: u8) -> u8 {
    LOWEST + (class + 12 - LOWEST % 12) % 12
}

/// Keeps a fifth from climbing out of the bass.
fn fold(pitch: u8) -> u8 {
    if pitch > LOWEST + 15 { pitch - 12 } else { pitch }
}

/// The scale tone next to `target`, on the side of `from`; the fifth above when it is already there.
fn approach(plan: &Plan<'_>, from: u8, target: u8) -> u8 {
    if from == target {
        return fold(from + 7);
    }
    let towards: i16 = if from < target { -1 } else { 1 };
    let candidates = [1, 2].map(|away| (i16::from(target) + towards * away) as u8);
    candidates.into_iter().find(|pitch| plan.compass.key.contains(*pitch)).unwrap_or(candidates[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_lie_on_the_lowest_octave() {
        assert_eq!([root(4), root(3), root(0)], [28, 39, 36]);
        for style in Style::ALL {
            for full in [false, true] {
                assert_eq!(pattern(*style, false, full).len(), 16);
                assert_eq!(pattern(*style, true, full).len(), 12);
            }
        }
    }
}
