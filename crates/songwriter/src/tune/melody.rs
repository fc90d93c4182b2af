//! The pitches of a line: many candidates are drawn, each is given a cost in plain terms, the cheapest is sung.
//!
//! Candidates walk mostly by step within the singer's compass, take chord tones on strong beats and end on a tone of
//! the cadence. A line that repeats an earlier one (its motif) follows that line's contour and may leave it near its end.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use score::Chord;

use super::accent::{Accent, LineShape};
use super::feel::Compass;

/// Candidates drawn for each line.
const CANDIDATES: usize = 64;
/// Drawn on top of each candidate's cost, so that the same words do not always get the same best tune.
const CAPRICE: f32 = 0.8;

/// Where a note of the line stands: what its pitch must agree with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Ticks from the line's first bar.
    pub onset: i32,
    /// Metrical strength, 0 to 3.
    pub strength: u8,
    pub strong: bool,
    pub chord: Chord,
}

/// How the line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// On the tonic.
    Closed,
    /// On a tone of the dominant: the section goes on.
    Half,
    /// On any tone of the chord, rather not the tonic.
    Open,
}

/// The curve a line aims at: steps around the section's centre at its beginning, middle and end, and how much it likes
/// to leap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contour {
    points: [f32; 3],
    /// Where the middle point lies, 0 to 1.
    middle: f32,
    /// 0 keeps to steps, 1 likes thirds and fourths.
    leaps: f32,
}

impl Contour {
    /// Arch, fall, rise, valley, plateau or late peak, more or less pronounced.
    pub fn draw(rng: &mut ChaCha8Rng) -> Self {
        const SHAPES: [[f32; 3]; 6] = [
            [-1.2, 1.5, -0.6],
            [1.5, 0.2, -1.5],
            [-1.6, 0.0, 1.6],
            [1.0, -1.3, 0.8],
            [0.6, 0.6, -1.0],
            [-1.0, -0.2, 1.4],
        ];
        let size = rng.random_range(0.7_f32..1.5);
        Self {
            points: SHAPES[rng.random_range(0..SHAPES.len())].map(|point| point * size),
            middle: rng.random_range(0.3_f32..0.7),
            leaps: rng.random_range(0.0_f32..1.0),
        }
    }

    /// Steps from the centre at `along` (0 to 1), ending at `end` where the cadence asks for it.
    fn at(&self, along: f32, end: Option<f32>) -> f32 {
        let [first, middle, last] = self.points;
        let last = end.unwrap_or(last);
        if along <= self.middle {
            first + (middle - first) * along / self.middle
        } else {
            middle + (last - middle) * (along - self.middle) / (1.0 - self.middle)
        }
    }
}

/// What a line's melody is written from.
#[derive(Debug)]
pub(crate) struct LineTask<'a> {
    pub shape: &'a LineShape,
    pub places: &'a [Place],
    pub compass: Compass,
    pub ending: Ending,
    /// The scale step the line should lie around.
    pub centre: f32,
    pub contour: Contour,
    /// The line this one repeats: its onsets and steps.
    pub motif: Option<&'a [(i32, i32)]>,
    /// Last step of the line before.
    pub previous: Option<i32>,
}

/// Draws [`CANDIDATES`] melodies and returns the cheapest, as scale steps.
pub(crate) fn write_line(task: &LineTask<'_>, rng: &mut ChaCha8Rng) -> Vec<i32> {
    let mut best: Option<(f32, Vec<i32>)> = None;
    for number in 0..CANDIDATES {
        let steps = match task.motif {
            Some(motif) => task.follow(motif, number, rng),
            None => task.walk(Vec::new(), rng),
        };
        let cost = task.cost(&steps) + rng.random_range(0.0..CAPRICE);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, steps));
        }
    }
    best.map(|(_, steps)| steps).unwrap_or_default()
}

impl LineTask<'_> {
    /// Continues `steps` to the end of the line by a weighted walk.
    fn walk(&self, mut steps: Vec<i32>, rng: &mut ChaCha8Rng) -> Vec<i32> {
        while steps.len() < self.places.len() {
            let index = steps.len();
            let weights: Vec<(i32, f32)> =
                (self.compass.low..=self.compass.high).map(|step| (step, self.weight(&steps, index, step))).collect();
            let total: f32 = weights.iter().map(|(_, weight)| weight).sum();
            let mut left = rng.random_range(0.0_f32..1.0) * total;
            let mut drawn = weights.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(step, _)| *step);
            for (step, weight) in &weights {
                left -= weight;
                if left < 0.0 {
                    drawn = *step;
                    break;
                }
            }
            steps.push(drawn);
        }
        steps
    }

    /// How likely the walk takes `step` next.
    fn weight(&self, steps: &[i32], index: usize, step: i32) -> f32 {
        let place = self.places[index];
        let tone = self.is_chord_tone(index, step);
        let mut weight = match (place.strength, tone) {
            (_, true) => 1.0,
            (2.., false) => 0.02,
            (_, false) if place.strong => 0.12,
            (_, false) => 0.8,
        };
        if index + 1 == self.places.len() && !self.may_end_on(step) {
            return 1e-6;
        }
        let away = step as f32 - self.target(index);
        weight /= 1.0 + away * away * 0.35;
        if let Some(&before) = steps.last() {
            let leap = step - before;
            weight *=
                [0.7, 3.0, 1.6, 0.8, 0.5, 0.1, 0.02, 0.05].get(leap.unsigned_abs() as usize).copied().unwrap_or(1e-4);
            if steps.len() >= 2 {
                let last_leap = before - steps[steps.len() - 2];
                if last_leap.abs() >= 3 && (leap.signum() == last_leap.signum() || leap.abs() > 2) {
                    weight *= 0.15;
                }
            }
        }
        weight.max(1e-9)
    }

    /// Takes the motif's contour, changed a little, and walks freely from somewhere near the end.
    fn follow(&self, motif: &[(i32, i32)], number: usize, rng: &mut ChaCha8Rng) -> Vec<i32> {
        let count = self.places.len();
        let shift = [0, 0, 0, 0, 1, -1, 0, 2][number % 8];
        let free = [0, 1, 2, 3, 4, count / 2][(number / 8) % 6].min(count);
        let wander = [0.0, 0.0, 0.12, 0.25][(number / 2) % 4];
        let mut steps = Vec::with_capacity(count);
        for index in 0..count - free {
            let mut step = motif_step(motif, self.places[index].onset) + shift;
            if rng.random_bool(wander) {
                step += if rng.random_bool(0.5) { 1 } else { -1 };
            }
            let last = index + 1 == count;
            let fits = |step: i32| {
                let place = self.places[index];
                if last {
                    self.may_end_on(step)
                } else {
                    place.strength < 2 || !place.strong || self.is_chord_tone(index, step)
                }
            };
            steps.push(self.nearest(step, fits));
        }
        self.walk(steps, rng)
    }

    /// The step of the compass nearest to `step` that `fits`; the lower of two.
    fn nearest(&self, step: i32, fits: impl Fn(i32) -> bool) -> i32 {
        let inside = |step: &i32| (self.compass.low..=self.compass.high).contains(step);
        (0..=14)
            .flat_map(|away| [step - away, step + away])
            .filter(inside)
            .find(|step| fits(*step))
            .unwrap_or_else(|| step.clamp(self.compass.low, self.compass.high))
    }

    fn is_chord_tone(&self, index: usize, step: i32) -> bool {
        self.places[index].chord.contains(self.compass.pitch(step))
    }

    fn may_end_on(&self, step: i32) -> bool {
        match self.ending {
            Ending::Closed => step.rem_euclid(7) == 0,
            Ending::Half | Ending::Open => self.places.is_empty() || self.is_chord_tone(self.places.len() - 1, step),
        }
    }

    /// The step a note aims at: the contour, bent to the cadence and lifted where the name is.
    fn target(&self, index: usize) -> f32 {
        let along = index as f32 / (self.places.len().max(2) - 1) as f32;
        let end = match self.ending {
            Ending::Open => None,
            Ending::Half => Some(-0.4),
            Ending::Closed => {
                Some(self.nearest(self.centre as i32 - 1, |step| step.rem_euclid(7) == 0) as f32 - self.centre)
            }
        };
        let contour = self.centre + self.contour.at(along, end);
        match self.shape.name_peak {
            Some(peak) if peak == index => contour + 2.0,
            Some(peak) if peak.abs_diff(index) == 1 => contour + 0.7,
            _ => contour,
        }
    }

    /// The cost of a melody for this line: the sum of what a singing teacher would object to.
    fn cost(&self, steps: &[i32]) -> f32 {
        self.movement_cost(steps) + self.harmony_cost(steps) + self.shape_cost(steps) + self.motif_cost(steps)
    }

    /// Steps before leaps, leaps answered, no droning, no zigzag.
    fn movement_cost(&self, steps: &[i32]) -> f32 {
        let mut cost = 0.0;
        let mut turns = 0_usize;
        let mut run = 1_usize;
        let mut leapt = false;
        for index in 1..steps.len() {
            let leap = steps[index] - steps[index - 1];
            let size = leap.unsigned_abs() as usize;
            cost += [0.25, 0.0, 0.4, 0.9, 1.2, 2.2, 5.0, 3.0].get(size).copied().unwrap_or(9.0)
                * if (2..=4).contains(&size) { 1.0 - 0.8 * self.contour.leaps } else { 1.0 };
            leapt |= size >= 2;
            let semitones = self.compass.pitch(steps[index]).abs_diff(self.compass.pitch(steps[index - 1]));
            if semitones == 6 {
                cost += 2.5;
            }
            if leap >= 2 && self.shape.syllables[index].accent == Accent::Weak {
                cost += 0.5;
            }
            run = if leap == 0 { run + 1 } else { 1 };
            if run >= 3 {
                cost += 0.9;
            }
            if index >= 2 {
                let before = steps[index - 1] - steps[index - 2];
                if before.abs() >= 3 && (leap.signum() == before.signum() || leap.abs() > 2) {
                    cost += 1.5;
                }
                turns += usize::from(before.signum() * leap.signum() < 0);
            }
        }
        if let (Some(before), Some(first)) = (self.previous, steps.first()) {
            cost += ((before - first).abs() - 3).max(0) as f32 * 0.8;
        }
        let repeats = steps.windows(2).filter(|pair| pair[0] == pair[1]).count();
        cost += repeats.saturating_sub(steps.len() / 4) as f32 * 0.7;
        if !leapt && steps.len() > 4 {
            cost += 0.4 + 1.2 * self.contour.leaps;
        }
        cost + turns.saturating_sub(steps.len() / 2) as f32 * 0.5
    }

    /// Chord tones where they are heard, and an ending that says what comes.
    fn harmony_cost(&self, steps: &[i32]) -> f32 {
        let mut cost = 0.0;
        for (index, (step, place)) in steps.iter().zip(self.places).enumerate() {
            if place.strong && !self.is_chord_tone(index, *step) {
                cost += if place.strength >= 2 { 2.0 } else { 0.7 };
                let leaves_by_step = steps.get(index + 1).is_some_and(|next| (next - step).abs() == 1);
                cost += if leaves_by_step { 0.0 } else { 1.0 };
            }
        }
        let Some(&last) = steps.last() else { return cost };
        if !self.may_end_on(last) {
            cost += 8.0;
        }
        cost + match (self.ending, last.rem_euclid(7)) {
            (Ending::Open, 0) => 1.0,
            (Ending::Half, 3) => 0.8,
            (Ending::Closed, _) if steps.len() > 1 => {
                ((steps[steps.len() - 2] - last).abs() - 1).clamp(0, 2) as f32 * 0.6
            }
            _ => 0.0,
        }
    }

    /// Register, compass of the line, and the name at its peak.
    fn shape_cost(&self, steps: &[i32]) -> f32 {
        let (Some(&low), Some(&high)) = (steps.iter().min(), steps.iter().max()) else { return 0.0 };
        let mean = steps.iter().sum::<i32>() as f32 / steps.len() as f32;
        let mut cost = (mean - self.centre).abs() * 1.2;
        cost += match high - low {
            0..=1 if steps.len() > 4 => 3.0,
            2 if steps.len() > 4 => 1.0,
            0..=6 => 0.0,
            7 => 0.8,
            _ => 2.0,
        };
        let away: f32 = steps.iter().enumerate().map(|(index, step)| (*step as f32 - self.target(index)).abs()).sum();
        cost += away / steps.len() as f32 * 0.8;
        let tops = steps.iter().filter(|step| **step == high).count();
        cost += tops.saturating_sub(2) as f32 * 0.3;
        if let Some(peak) = self.shape.name_peak {
            let others = steps.iter().enumerate().filter(|(index, _)| *index != peak).map(|(_, step)| *step).max();
            if let (Some(name), Some(others)) = (steps.get(peak), others) {
                cost += (others - name + 1).clamp(0, 3) as f32 * 1.2;
            }
        }
        cost
    }

    /// Distance from the motif, the beginning counting most.
    fn motif_cost(&self, steps: &[i32]) -> f32 {
        let Some(motif) = self.motif else { return 0.0 };
        let (mut far, mut weights) = (0.0, 0.0);
        for (index, (step, place)) in steps.iter().zip(self.places).enumerate() {
            let weight = if index * 3 < steps.len() * 2 { 1.0 } else { 0.35 };
            far += weight * (step - motif_step(motif, place.onset)).abs() as f32;
            weights += weight;
        }
        6.0 * far / f32::max(weights, 1.0)
    }
}

/// The motif's step nearest in time to `onset`; the earlier of two.
fn motif_step(motif: &[(i32, i32)], onset: i32) -> i32 {
    motif.iter().min_by_key(|(at, _)| (at - onset).abs()).map_or(0, |(_, step)| *step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tune::accent::SyllableShape;
    use score::{ChordQuality, KeySignature, Scale, Seed};

    fn task<'a>(shape: &'a LineShape, places: &'a [Place], motif: Option<&'a [(i32, i32)]>) -> LineTask<'a> {
        let key = KeySignature { tonic: 0, scale: Scale::Major };
        let compass = Compass { key, tonic: 60, low: -1, high: 7 };
        let contour = Contour { points: [0.0, 1.0, 0.0], middle: 0.5, leaps: 0.0 };
        LineTask { shape, places, compass, ending: Ending::Closed, centre: 3.0, contour, motif, previous: None }
    }

    fn line() -> (LineShape, Vec<Place>) {
        let syllable = SyllableShape { accent: Accent::Weak, inside_word: false, of_name: false };
        let chord = Chord { root: 0, quality: ChordQuality::Major };
        let places = (0..8)
            .map(|n| Place {
                onset: n * 240,
                strength: [3, 0, 1, 0, 2, 0, 1, 0][n as usize],
                strong: n % 2 == 0,
                chord,
            })
            .collect();
        (LineShape { syllables: vec![syllable; 8], name_peak: Some(4) }, places)
    }

    #[test]
    fn a_closed_line_ends_on_the_tonic_within_the_compass() {
        let (shape, places) = line();
        for seed in 0..50 {
            let steps = write_line(&task(&shape, &places, None), &mut Seed(seed).stream("melody"));
            assert_eq!(steps.last().map(|step| step.rem_euclid(7)), Some(0), "{steps:?}");
            assert!(steps.iter().all(|step| (-1..=7).contains(step)), "{steps:?}");
        }
    }

    #[test]
    fn a_motif_is_recognised() {
        let (shape, places) = line();
        let motif: Vec<(i32, i32)> =
            [0, 1, 2, 3, 4, 3, 2, 0].into_iter().enumerate().map(|(n, s)| (n as i32 * 240, s)).collect();
        let steps = write_line(&task(&shape, &places, Some(&motif)), &mut Seed(3).stream("melody"));
        let same = steps.iter().zip(&motif).filter(|(step, (_, motif))| *step == motif).count();
        assert!(same >= 6, "{steps:?}");
    }
}
