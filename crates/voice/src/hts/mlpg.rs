//! The likeliest smooth trajectory under distributions of values and of their changes.
//!
//! For one coefficient over T frames: minimise Σ (W c − μ)ᵀ Σ⁻¹ (W c − μ), a symmetric banded system solved by an LDLᵀ
//! factorisation in O(T); then a few Newton steps that also pull the variance over the utterance (the global
//! variance) to what the voice has, which keeps the sound from being muffled.
//! Source: Tokuda et al., "Speech parameter generation algorithms for HMM-based speech synthesis", 2000; Toda and
//! Tokuda, "A speech parameter generation algorithm considering global variance", 2007; step sizes as hts_engine.

/// Newton steps towards the global variance, the first step's size and its change.
const STEPS: usize = 5;
const FIRST_STEP: f64 = 0.1;
const SHRINK: f64 = 0.5;
const GROW: f64 = 1.2;

/// What one coefficient should be in one frame: mean and variance for each window.
pub(super) trait Observed {
    fn mean(&self, frame: usize, window: usize) -> f64;
    fn variance(&self, frame: usize, window: usize) -> f64;
}

/// Variance of a coefficient over an utterance: its distribution and the frames that count.
pub(super) struct GlobalVariance<'a> {
    pub mean: f64,
    pub variance: f64,
    pub counts: &'a [bool],
}

/// The trajectory of one coefficient over `frames` frames.
pub(super) fn trajectory(
    observed: &impl Observed,
    windows: &[Vec<f64>],
    frames: usize,
    global_variance: Option<&GlobalVariance<'_>>,
) -> Vec<f64> {
    let system = System::new(observed, windows, frames);
    let mut track = system.solve();
    if let Some(target) = global_variance {
        system.widen(&mut track, target, windows.len());
    }
    track
}

/// R c = r with R = Wᵀ Σ⁻¹ W, of which row t holds R[t][t], R[t][t+1], …
struct System {
    rows: Vec<Vec<f64>>,
    right: Vec<f64>,
}

impl System {
    fn new(observed: &impl Observed, windows: &[Vec<f64>], frames: usize) -> Self {
        let width = windows.iter().map(Vec::len).max().unwrap_or(1);
        let mut this = Self { rows: vec![vec![0.0; width]; frames], right: vec![0.0; frames] };
        for frame in 0..frames {
            for (number, window) in windows.iter().enumerate() {
                let half = window.len() / 2;
                // Changes across the ends are not observed.
                if frame < half || frame + half >= frames {
                    continue;
                }
                let precision = 1.0 / observed.variance(frame, number);
                let mean = observed.mean(frame, number);
                let base = frame - half;
                for (i, left) in window.iter().enumerate() {
                    this.right[base + i] += left * precision * mean;
                    for (j, right) in window.iter().enumerate().skip(i) {
                        this.rows[base + i][j - i] += left * precision * right;
                    }
                }
            }
        }
        this
    }

    /// Factorises R = L D Lᵀ within its band and substitutes forward and back.
    fn solve(&self) -> Vec<f64> {
        let frames = self.rows.len();
        let mut rows = self.rows.clone();
        let mut track = self.right.clone();
        for t in 0..frames {
            let pivot = rows[t][0];
            let (done, rest) = rows.split_at_mut(t + 1);
            let row = &mut done[t];
            for i in 1..row.len().min(frames - t) {
                let factor = row[i] / pivot;
                for j in i..row.len().min(frames - t) {
                    rest[i - 1][j - i] -= factor * row[j];
                }
                track[t + i] -= factor * track[t];
            }
            row[1..].iter_mut().for_each(|value| *value /= pivot);
        }
        for t in (0..frames).rev() {
            let later: f64 = (1..rows[t].len().min(frames - t)).map(|i| rows[t][i] * track[t + i]).sum();
            track[t] = track[t] / rows[t][0] - later;
        }
        track
    }

    /// R c.
    fn times(&self, track: &[f64]) -> Vec<f64> {
        let mut product: Vec<f64> = self.rows.iter().zip(track).map(|(row, value)| row[0] * value).collect();
        for (t, row) in self.rows.iter().enumerate() {
            for (i, value) in row.iter().enumerate().skip(1).take_while(|(i, _)| t + i < track.len()) {
                product[t] += value * track[t + i];
                product[t + i] += value * track[t];
            }
        }
        product
    }

    /// Scales the track to the wanted variance, then climbs the joint likelihood of both.
    fn widen(&self, track: &mut [f64], target: &GlobalVariance<'_>, window_count: usize) {
        let Some((mean, variance)) = moments(track, target.counts) else { return };
        let ratio = (target.mean.max(0.0) / variance).sqrt();
        for (value, _) in track.iter_mut().zip(target.counts).filter(|(_, counts)| **counts) {
            *value = ratio * (*value - mean) + mean;
        }
        let frames = track.len() as f64;
        let weight = 1.0 / (window_count as f64 * frames);
        let (mut step, mut previous) = (FIRST_STEP, None);
        for _ in 0..STEPS {
            let Some((mean, variance)) = moments(track, target.counts) else { return };
            let excess = target.variance * (variance - target.mean);
            let product = self.times(track);
            let mut cost = 0.5 * variance * target.variance * (variance - 2.0 * target.mean);
            let direction: Vec<f64> = (0..track.len())
                .map(|t| {
                    let (value, away) = (track[t], track[t] - mean);
                    cost -= weight * value * (self.right[t] - 0.5 * product[t]);
                    let curvature = -weight * self.rows[t][0]
                        - 2.0 / (frames * frames) * ((frames - 1.0) * excess + 2.0 * target.variance * away * away);
                    (weight * (self.right[t] - product[t]) - 2.0 / frames * excess * away) / curvature
                })
                .collect();
            if let Some(previous) = previous {
                if cost > previous {
                    step *= SHRINK;
                } else if cost < previous {
                    step *= GROW;
                }
            }
            for ((value, towards), _) in track.iter_mut().zip(direction).zip(target.counts).filter(|(_, c)| **c) {
                *value += step * towards;
            }
            previous = Some(cost);
        }
    }
}

/// Mean and variance of the frames that count; `None` when there is nothing to scale.
fn moments(track: &[f64], counts: &[bool]) -> Option<(f64, f64)> {
    let kept = || track.iter().zip(counts).filter(|(_, counts)| **counts).map(|(value, _)| *value);
    let number = kept().count() as f64;
    let mean = kept().sum::<f64>() / number;
    let variance = kept().map(|value| (value - mean).powi(2)).sum::<f64>() / number;
    (variance > 1e-12).then_some((mean, variance))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Step;

    impl Observed for Step {
        fn mean(&self, frame: usize, window: usize) -> f64 {
            if window == 0 && frame >= 10 { 1.0 } else { 0.0 }
        }
        fn variance(&self, _: usize, window: usize) -> f64 {
            if window == 0 { 1.0 } else { 0.1 }
        }
    }

    fn windows() -> Vec<Vec<f64>> {
        vec![vec![1.0], vec![-0.5, 0.0, 0.5], vec![1.0, -2.0, 1.0]]
    }

    #[test]
    fn the_solution_satisfies_the_system() {
        let system = System::new(&Step, &windows(), 20);
        let track = system.solve();
        for (left, right) in system.times(&track).iter().zip(&system.right) {
            assert!((left - right).abs() < 1e-9, "{left} {right}");
        }
    }

    #[test]
    fn a_step_becomes_a_slope_and_the_global_variance_widens_it() {
        let plain = trajectory(&Step, &windows(), 20, None);
        assert!(plain.windows(2).all(|pair| pair[1] >= pair[0] - 1e-9), "{plain:?}");
        assert!(plain[9] > 0.1 && plain[10] < 0.9);
        let counts = [true; 20];
        let target = GlobalVariance { mean: 0.6, variance: 0.01, counts: &counts };
        let wide = trajectory(&Step, &windows(), 20, Some(&target));
        let variance = |track: &[f64]| moments(track, &counts).map_or(0.0, |(_, v)| v);
        assert!(variance(&wide) > 1.5 * variance(&plain), "{} {}", variance(&wide), variance(&plain));
    }
}
