//! A small room: an eight-line feedback delay network with a Householder matrix.
//!
//! Source: J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 1991
//! (the structure; lengths and gains are ours).

use crate::Stereo;

const LINES: usize = 8;
/// Delay of each line in seconds at size 1, mutually without small common ratios.
const LENGTHS_S: [f64; LINES] = [0.0297, 0.0331, 0.0371, 0.0411, 0.0437, 0.0479, 0.0523, 0.0571];
/// Delays of the two all-pass stages that blur the input, in seconds.
const DIFFUSION_S: [f64; 2] = [0.0047, 0.0036];

/// What the room sounds like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reverb {
    /// Seconds until the tail has fallen by 60 dB, at low frequencies.
    pub decay_s: f64,
    /// Scales all delays; 1 is a room, 1.6 a hall.
    pub size: f64,
    /// 0 keeps high frequencies in the tail, 0.9 takes most away.
    pub damping: f32,
    pub pre_delay_s: f64,
}

impl Reverb {
    pub const ROOM: Self = Self { decay_s: 0.9, size: 0.8, damping: 0.45, pre_delay_s: 0.008 };
    pub const HALL: Self = Self { decay_s: 1.9, size: 1.5, damping: 0.35, pre_delay_s: 0.022 };

    /// Only the reverberation of `dry`, as long as `dry`: the caller adds it at the level it wants.
    pub fn wet(&self, dry: &Stereo) -> Stereo {
        let rate = dry.rate;
        let mut room = Room::new(self, rate);
        let pre_delay = rate.frames(self.pre_delay_s);
        let mut wet = Stereo::silence(rate, dry.frames());
        for frame in pre_delay..dry.frames() {
            let source = frame - pre_delay;
            (wet.left[frame], wet.right[frame]) = room.step(dry.left[source], dry.right[source]);
        }
        wet
    }
}

struct Line {
    samples: Vec<f32>,
    position: usize,
    gain: f32,
    low: f32,
}

struct AllPass {
    samples: Vec<f32>,
    position: usize,
}

struct Room {
    lines: [Line; LINES],
    diffusion: [[AllPass; 2]; 2],
    damping: f32,
}

impl Room {
    fn new(reverb: &Reverb, rate: crate::SampleRate) -> Self {
        let line = |seconds: f64| {
            let seconds = seconds * reverb.size.clamp(0.1, 4.0);
            Line {
                samples: vec![0.0; rate.frames(seconds).max(1)],
                position: 0,
                gain: 10.0_f64.powf(-3.0 * seconds / reverb.decay_s.max(0.05)) as f32,
                low: 0.0,
            }
        };
        let all_pass = |seconds: f64| AllPass { samples: vec![0.0; rate.frames(seconds).max(1)], position: 0 };
        Self {
            lines: LENGTHS_S.map(line),
            diffusion: [DIFFUSION_S.map(all_pass), DIFFUSION_S.map(|seconds| all_pass(seconds * 1.13))],
            damping: reverb.damping.clamp(0.0, 0.95),
        }
    }

    #[inline]
    fn step(&mut self, left: f32, right: f32) -> (f32, f32) {
        let [blur_left, blur_right] = &mut self.diffusion;
        let left = blur_left.iter_mut().fold(left, |sample, stage| stage.step(sample));
        let right = blur_right.iter_mut().fold(right, |sample, stage| stage.step(sample));
        let mut outputs = [0.0_f32; LINES];
        for (output, line) in outputs.iter_mut().zip(&mut self.lines) {
            line.low += (1.0 - self.damping) * (line.samples[line.position] - line.low);
            if line.low.abs() < 1e-20 {
                line.low = 0.0;
            }
            *output = line.low * line.gain;
        }
        // Householder: every line hears the negative mean of all, twice.
        let shared = outputs.iter().sum::<f32>() * (2.0 / LINES as f32);
        for (index, line) in self.lines.iter_mut().enumerate() {
            let input = if index % 2 == 0 { left } else { right };
            line.samples[line.position] = input + outputs[index] - shared;
            line.position += 1;
            if line.position == line.samples.len() {
                line.position = 0;
            }
        }
        let side = |first: usize| outputs[first] - outputs[first + 2] + outputs[first + 4] - outputs[first + 6];
        (0.5 * side(0), 0.5 * side(1))
    }
}

impl AllPass {
    #[inline]
    fn step(&mut self, input: f32) -> f32 {
        const GAIN: f32 = 0.6;
        let delayed = self.samples[self.position];
        let inner = input + GAIN * delayed;
        self.samples[self.position] = if inner.abs() < 1e-20 { 0.0 } else { inner };
        self.position += 1;
        if self.position == self.samples.len() {
            self.position = 0;
        }
        delayed - GAIN * inner
    }
}
