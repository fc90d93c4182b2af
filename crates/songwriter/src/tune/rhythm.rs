//! When each syllable is sung: the cheapest placing of a line on the grid, by dynamic programming.
//!
//! Stressed syllables are drawn to beats, weak ones between them; notes stay near 0.2 to 0.45 s so that the words are
//! understood; the line ends long and leaves a rest to breathe. The same stress pattern always gives the same rhythm
//! within a kind of section, which is what makes a rhythm memorable.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use score::{PPQ, Ticks};

use super::accent::{Accent, LineShape};
use super::feel::Feel;

/// Seconds past which a sung syllable is harder to understand.
const LONG_SYLLABLE: f32 = 0.45;

/// The most slots between two syllables of a line.
const LONGEST_GAP: usize = 12;

/// When one syllable sounds, in ticks from the line's first bar; a pickup is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub onset: i32,
    pub duration: u32,
}

/// A line's rhythm and the bars it fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineRhythm {
    pub bars: u32,
    pub notes: Vec<Placed>,
}

/// The places syllables may begin at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    /// Ticks of one slot.
    pub slot: u32,
    slot_seconds: f64,
    waltz: bool,
}

impl Grid {
    pub fn of(feel: &Feel) -> Self {
        Self { slot: feel.slot(), slot_seconds: feel.tempo.seconds(Ticks(feel.slot())), waltz: feel.is_waltz() }
    }

    fn slots_per_bar(self) -> i32 {
        if self.waltz { 3 } else { 8 }
    }

    /// Metrical strength of a slot, 0 (off the beat) to 3 (the downbeat).
    pub fn strength(self, slot: i32) -> u8 {
        match (self.waltz, slot.rem_euclid(self.slots_per_bar())) {
            (_, 0) => 3,
            (true, 2) => 1,
            (true, _) => 0,
            (false, 4) => 2,
            (false, 2 | 6) => 1,
            (false, _) => 0,
        }
    }

    /// Whether a slot is a strong beat: any beat in 4/4, the downbeat in a waltz.
    pub fn is_strong(self, slot: i32) -> bool {
        self.strength(slot) >= if self.waltz { 3 } else { 1 }
    }
}

/// Likes and dislikes of one kind of section: what makes two songs with the same words differ in rhythm.
#[derive(Debug, Clone)]
pub(crate) struct Groove {
    /// Added cost of each slot of a bar.
    slots: [f32; 8],
    /// Cost of a note of one, two and three slots.
    lengths: [f32; 3],
    /// Cost of each slot the line begins late.
    late: f32,
    /// Where the last note would best begin, in slots of 4/4 before the line's end.
    ending: i32,
}

impl Groove {
    pub fn draw(rng: &mut ChaCha8Rng) -> Self {
        Self {
            slots: std::array::from_fn(|_| rng.random_range(-0.4_f32..0.4)),
            lengths: [rng.random_range(0.1..0.8), rng.random_range(0.0..0.5), rng.random_range(0.5..1.2)],
            late: rng.random_range(0.1..0.6),
            ending: [4, 4, 6, 6, 8][rng.random_range(0..5)],
        }
    }
}

/// Bars a line of `syllables` needs.
pub(crate) fn bars_for(syllables: usize, waltz: bool) -> u32 {
    let (most, bars) = if waltz { (11, 4) } else { (12, 2) };
    bars * (syllables.max(1).div_ceil(most) as u32)
}

/// Places the syllables of one line.
pub(crate) fn place(shape: &LineShape, grid: Grid, groove: &Groove) -> LineRhythm {
    let count = shape.len();
    let bars = bars_for(count, grid.waltz);
    let slots = bars as i32 * grid.slots_per_bar();
    let first = -1;
    let last = slots - if grid.waltz { 3 } else { 4 };
    let width = (last - first + 1) as usize;
    // best[i][s]: the cheapest cost with syllable i at slot first + s, and where i - 1 stood.
    let mut best = vec![vec![(f32::INFINITY, 0_usize); width]; count];
    for index in 0..count {
        for place in 0..width {
            let slot = first + place as i32;
            let here = placing_cost(shape, index, slot, grid, groove);
            if index == 0 {
                let late = slot.max(0) as f32 / grid.slots_per_bar() as f32 * 8.0;
                best[0][place] = (here + late * groove.late, 0);
                continue;
            }
            for before in place.saturating_sub(LONGEST_GAP)..place {
                let cost = best[index - 1][before].0
                    + here
                    + length_cost(shape, index - 1, (place - before) as i32, grid, groove);
                if cost < best[index][place].0 {
                    best[index][place] = (cost, before);
                }
            }
        }
    }
    let mut onsets = vec![0_i32; count];
    if count > 0 {
        let mut place = (0..width)
            .min_by(|a, b| {
                let cost =
                    |place: usize| best[count - 1][place].0 + ending_cost(slots - first - place as i32, grid, groove);
                cost(*a).total_cmp(&cost(*b))
            })
            .unwrap_or(0);
        for index in (0..count).rev() {
            onsets[index] = first + place as i32;
            place = best[index][place].1;
        }
    }
    let ticks = |slot: i32| slot * grid.slot as i32;
    // The next line may begin one slot early, and an eighth before that is for breathing.
    let breath = ticks(slots - 1) - (PPQ / 2) as i32;
    let longest = if grid.waltz { 3 } else { 4 };
    let notes = (0..count)
        .map(|index| {
            let onset = ticks(onsets[index]);
            let end = match onsets.get(index + 1) {
                Some(next) => ticks((*next).min(onsets[index] + 3)),
                None => ticks(onsets[index] + longest).min(breath),
            };
            Placed { onset, duration: (end - onset).max(1) as u32 }
        })
        .collect();
    LineRhythm { bars, notes }
}

fn placing_cost(shape: &LineShape, index: usize, slot: i32, grid: Grid, groove: &Groove) -> f32 {
    let strength = grid.strength(slot);
    let fit = match (shape.syllables[index].accent, grid.is_strong(slot)) {
        (Accent::Strong, true) => [0.0, 0.6, 0.2, 0.0][usize::from(strength)],
        (Accent::Strong, false) => 7.0,
        (Accent::Light, true) => 0.3,
        (Accent::Light, false) => 0.6,
        (Accent::Weak, _) => [0.0, 0.5, 1.0, 1.5][usize::from(strength)],
    };
    fit + groove.slots[slot.rem_euclid(grid.slots_per_bar()) as usize % 8]
}

/// The cost of holding syllable `index` for `slots`.
fn length_cost(shape: &LineShape, index: usize, slots: i32, grid: Grid, groove: &Groove) -> f32 {
    let syllable = shape.syllables[index];
    let mut cost = match slots {
        1..=3 => groove.lengths[slots as usize - 1],
        4 => 2.2,
        more => more as f32,
    };
    if syllable.accent == Accent::Weak && slots > 1 {
        cost += 0.5 * (slots - 1) as f32;
    }
    if syllable.inside_word && slots > 2 {
        cost += 1.0;
    }
    if syllable.of_name && slots > 2 {
        cost += 1.5;
    }
    let seconds = (f64::from(slots) * grid.slot_seconds) as f32;
    if seconds < 0.18 {
        cost += 2.0;
    }
    cost + (seconds - LONG_SYLLABLE).max(0.0) * 2.0
}

/// The cost of beginning the last note `left` slots before the line's end.
fn ending_cost(left: i32, grid: Grid, groove: &Groove) -> f32 {
    if grid.waltz {
        return match left {
            3 => 0.0,
            4 => 0.3,
            5 | 6 => 0.8,
            more => 0.4 * more as f32,
        };
    }
    0.3 * (left - groove.ending).abs() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tune::accent::SyllableShape;
    use score::{Meter, Style, Tempo};

    const PLAIN: Groove = Groove { slots: [0.0; 8], lengths: [0.2, 0.1, 0.9], late: 0.3, ending: 6 };

    fn shape(stresses: &str) -> LineShape {
        let syllables = stresses
            .chars()
            .map(|c| SyllableShape {
                accent: if c == '/' { Accent::Strong } else { Accent::Weak },
                inside_word: false,
                of_name: false,
            })
            .collect();
        LineShape { syllables, name_peak: None }
    }

    fn grid(meter: Meter, bpm: f64) -> Grid {
        Grid::of(&Feel { style: Style::Pop, meter, tempo: Tempo::from_bpm(bpm), swing: 0.5 })
    }

    #[test]
    fn stresses_fall_on_beats_in_both_meters() {
        for (grid, text) in [
            (grid(Meter::COMMON, 116.0), "./././././"),
            (grid(Meter::COMMON, 116.0), "/./././"),
            (grid(Meter::COMMON, 116.0), "//.././/"),
            (grid(Meter::WALTZ, 150.0), "././././"),
            (grid(Meter::WALTZ, 150.0), "/../../../"),
        ] {
            let shape = shape(text);
            let rhythm = place(&shape, grid, &PLAIN);
            for (syllable, note) in shape.syllables.iter().zip(&rhythm.notes) {
                let slot = note.onset / grid.slot as i32;
                assert!(syllable.accent != Accent::Strong || grid.is_strong(slot), "{text}: {rhythm:?}");
            }
        }
    }

    #[test]
    fn notes_never_overlap_and_leave_room_to_breathe() {
        for count in 1..=40 {
            for (grid, bar) in [(grid(Meter::COMMON, 116.0), 1920), (grid(Meter::WALTZ, 150.0), 1440)] {
                let rhythm = place(&shape(&"./".repeat(count)[..count]), grid, &PLAIN);
                for pair in rhythm.notes.windows(2) {
                    assert!(pair[0].onset + pair[0].duration as i32 <= pair[1].onset);
                }
                let end = rhythm.notes.last().map_or(0, |note| note.onset + note.duration as i32);
                assert!(end + (grid.slot + PPQ / 2) as i32 <= (rhythm.bars * bar) as i32);
                assert!(rhythm.notes.iter().all(|note| note.duration >= PPQ / 2));
            }
        }
    }
}
