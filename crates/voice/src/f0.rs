//! Pitch: from notes to a fundamental frequency for every frame.
//!
//! Steps between notes are smoothed by a slightly under-damped second-order system, which gives portamento with a
//! touch of overshoot; long notes swell into vibrato; a slow seeded drift keeps held notes alive.
//! Source: the F0 model of Saitou, Unoki and Akagi, "Development of an F0 control model based on F0 dynamic
//! characteristics for singing-voice synthesis", 2005.

use std::f64::consts::TAU;

use rand::Rng;

use crate::plan::PlannedNote;
use crate::render::{FRAME_S, Grid};

/// How long before a note the glide to it begins, in seconds.
const ANTICIPATION_S: f64 = 0.03;
/// Natural frequency (radians a second) and damping of the glide.
const GLIDE: f64 = TAU * 9.0;
const DAMPING: f64 = 0.75;

/// Vibrato: rate in Hz, depth in semitones, shortest note, delay, fade-in and fade-out in seconds.
const VIBRATO_HZ: f64 = 5.6;
const VIBRATO_SEMITONES: f64 = 0.28;
const VIBRATO_NOTE_S: f64 = 0.5;
const VIBRATO_DELAY_S: f64 = 0.25;
const VIBRATO_IN_S: f64 = 0.35;
const VIBRATO_OUT_S: f64 = 0.12;

/// Drift: step per frame, largest excursion in semitones, and the window in frames that removes its trend.
const DRIFT_STEP: f64 = 0.01;
const DRIFT_LIMIT: f64 = 0.06;
const DRIFT_WINDOW: usize = 101;

/// Fundamental frequency in Hz for every frame of the grid.
pub(crate) fn contour(notes: &[PlannedNote], grid: Grid, rng: &mut impl Rng) -> Vec<f64> {
    let mut target = vec![notes.first().map_or(60.0, |note| note.pitch); grid.len];
    for note in notes {
        let from = grid.range(note.start_s - ANTICIPATION_S, f64::INFINITY).start;
        target[from..].fill(note.pitch);
    }
    let mut pitch = glide(&target);
    for note in notes.iter().filter(|note| note.end_s - note.start_s > VIBRATO_NOTE_S) {
        let begin = note.start_s + VIBRATO_DELAY_S;
        for k in grid.range(begin, note.end_s) {
            let since = grid.time(k) - begin;
            let swell = (since / VIBRATO_IN_S).min(1.0) * ((note.end_s - grid.time(k)) / VIBRATO_OUT_S).min(1.0);
            pitch[k] += VIBRATO_SEMITONES * swell * (TAU * VIBRATO_HZ * since).sin();
        }
    }
    for (pitch, drift) in pitch.iter_mut().zip(drift(grid.len, rng)) {
        *pitch += drift;
    }
    pitch.into_iter().map(|pitch| 440.0 * ((pitch - 69.0) / 12.0).exp2()).collect()
}

/// Smooths steps of pitch (semitones) into glides.
fn glide(target: &[f64]) -> Vec<f64> {
    let mut pitch = target.first().copied().unwrap_or(0.0);
    let mut speed = 0.0;
    target
        .iter()
        .map(|target| {
            speed += (GLIDE * GLIDE * (target - pitch) - 2.0 * DAMPING * GLIDE * speed) * FRAME_S;
            pitch += speed * FRAME_S;
            pitch
        })
        .collect()
}

/// A random walk without its slow trend, in semitones.
fn drift(len: usize, rng: &mut impl Rng) -> Vec<f64> {
    let mut at = 0.0;
    let walk: Vec<f64> = (0..len)
        .map(|_| {
            // The sum of twelve uniform numbers is as good as normal here, and the same on every machine.
            let normal = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
            at += DRIFT_STEP * normal;
            at
        })
        .collect();
    let half = DRIFT_WINDOW / 2;
    let mut sums = vec![0.0];
    for step in &walk {
        sums.push(sums[sums.len() - 1] + step);
    }
    (0..len)
        .map(|k| {
            let (from, to) = (k.saturating_sub(half), (k + half + 1).min(len));
            let mean = (sums[to] - sums[from]) / (to - from) as f64;
            (walk[k] - mean).clamp(-DRIFT_LIMIT, DRIFT_LIMIT)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(start_s: f64, end_s: f64, pitch: f64) -> PlannedNote {
        PlannedNote { start_s, end_s, pitch, velocity: 90 }
    }

    #[test]
    fn a_step_settles_on_the_new_note_within_150_ms() {
        let grid = Grid { origin: 0, len: 200 };
        let notes = [note(0.0, 0.4, 60.0), note(0.4, 0.9, 67.0)];
        let hz = contour(&notes, grid, &mut score::Seed(1).stream("test"));
        let cents = |k: usize, pitch: f64| (1200.0 * (hz[k] / 440.0).log2() - 100.0 * (pitch - 69.0)).abs();
        assert!(cents(60, 60.0) < 8.0, "{}", cents(60, 60.0));
        assert!(cents(112, 67.0) < 12.0, "{}", cents(112, 67.0));
    }

    #[test]
    fn only_long_notes_have_vibrato() {
        let grid = Grid { origin: 0, len: 300 };
        let spread = |end: f64| {
            let hz = contour(&[note(0.0, end, 60.0)], grid, &mut score::Seed(1).stream("test"));
            let held = &hz[60..grid.range(0.0, end).end.min(260)];
            let top = held.iter().copied().fold(f64::MIN, f64::max);
            let bottom = held.iter().copied().fold(f64::MAX, f64::min);
            1200.0 * (top / bottom).log2()
        };
        assert!(spread(1.4) > 40.0, "{}", spread(1.4));
        assert!(spread(0.45) < 15.0, "{}", spread(0.45));
    }
}
