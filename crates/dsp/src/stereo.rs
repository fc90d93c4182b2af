//! Two-channel clips: rates, gains, panning, mixing and waveform peaks.

use std::f32::consts::FRAC_PI_4;

use crate::Error;

/// Samples per second of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SampleRate(u32);

impl SampleRate {
    pub const HZ_32000: Self = Self(32_000);
    pub const HZ_44100: Self = Self(44_100);
    /// The rate of every finished song.
    pub const HZ_48000: Self = Self(48_000);

    /// Checks a rate that came from outside.
    ///
    /// # Errors
    /// [`Error::SampleRate`] outside 8,000 to 384,000 Hz.
    pub fn new(hz: u32) -> Result<Self, Error> {
        if (8_000..=384_000).contains(&hz) { Ok(Self(hz)) } else { Err(Error::SampleRate { hz }) }
    }

    pub const fn hz(self) -> u32 {
        self.0
    }

    /// Frames nearest to a time; negative times give frame 0.
    pub fn frames(self, seconds: f64) -> usize {
        (seconds * f64::from(self.0)).round().max(0.0) as usize
    }

    pub fn seconds(self, frames: usize) -> f64 {
        frames as f64 / f64::from(self.0)
    }
}

/// A two-channel clip; both channels are equally long.
#[derive(Debug, Clone, PartialEq)]
pub struct Stereo {
    pub rate: SampleRate,
    pub left: Vec<f32>,
    pub right: Vec<f32>,
}

impl Stereo {
    pub fn silence(rate: SampleRate, frames: usize) -> Self {
        Self { rate, left: vec![0.0; frames], right: vec![0.0; frames] }
    }

    /// Joins two channels.
    ///
    /// # Errors
    /// [`Error::UnequalChannels`] when their lengths differ.
    pub fn new(rate: SampleRate, left: Vec<f32>, right: Vec<f32>) -> Result<Self, Error> {
        if left.len() == right.len() {
            Ok(Self { rate, left, right })
        } else {
            Err(Error::UnequalChannels { left: left.len(), right: right.len() })
        }
    }

    /// Places one channel between left (−1) and right (+1) by [`pan`].
    pub fn from_mono(rate: SampleRate, mono: &[f32], position: f32) -> Self {
        let (left, right) = pan(position);
        Self { rate, left: mono.iter().map(|s| s * left).collect(), right: mono.iter().map(|s| s * right).collect() }
    }

    /// Number of frames (samples of one channel).
    pub fn frames(&self) -> usize {
        self.left.len()
    }

    pub fn duration_s(&self) -> f64 {
        self.rate.seconds(self.frames())
    }

    /// Cuts or pads with silence at the end.
    pub fn set_frames(&mut self, frames: usize) {
        self.left.resize(frames, 0.0);
        self.right.resize(frames, 0.0);
    }

    /// Both channels, for work that treats them alike.
    pub fn channels_mut(&mut self) -> [&mut Vec<f32>; 2] {
        [&mut self.left, &mut self.right]
    }

    /// Multiplies every sample.
    pub fn scale(&mut self, gain: f32) {
        self.channels_mut().into_iter().flatten().for_each(|sample| *sample *= gain);
    }

    /// Multiplies each frame by its own gain; frames past the end of `gains` stay as they are.
    pub fn scale_by(&mut self, gains: &[f32]) {
        for channel in self.channels_mut() {
            channel.iter_mut().zip(gains).for_each(|(sample, gain)| *sample *= gain);
        }
    }

    /// Adds another clip of the same rate from its start, cutting what is longer than `self`.
    pub fn add(&mut self, other: &Self) {
        debug_assert_eq!(self.rate, other.rate);
        self.left.iter_mut().zip(&other.left).for_each(|(sum, sample)| *sum += sample);
        self.right.iter_mut().zip(&other.right).for_each(|(sum, sample)| *sum += sample);
    }

    /// The middle of both channels.
    pub fn to_mono(&self) -> Vec<f32> {
        self.left.iter().zip(&self.right).map(|(left, right)| 0.5 * (left + right)).collect()
    }

    /// Fades the first and last frames with a raised cosine, so that neither edge clicks.
    pub fn fade_edges(&mut self, fade_in: usize, fade_out: usize) {
        let ramp = |index: usize, length: usize| {
            0.5 - 0.5 * (std::f32::consts::PI * (index as f32 + 0.5) / length as f32).cos()
        };
        for channel in self.channels_mut() {
            let frames = channel.len();
            let (head, tail) = (fade_in.min(frames), fade_out.min(frames));
            channel[..head].iter_mut().enumerate().for_each(|(i, sample)| *sample *= ramp(i, head));
            channel[frames - tail..].iter_mut().rev().enumerate().for_each(|(i, sample)| *sample *= ramp(i, tail));
        }
    }

    /// The largest sample value of both channels, without a sign.
    pub fn sample_peak(&self) -> f32 {
        self.left.iter().chain(&self.right).fold(0.0, |peak, sample| sample.abs().max(peak))
    }
}

/// Equal-power gains of the left and right channel for a position from −1 (left) to +1 (right).
pub fn pan(position: f32) -> (f32, f32) {
    let angle = (position.clamp(-1.0, 1.0) + 1.0) * FRAC_PI_4;
    (angle.cos(), angle.sin())
}

/// Sums clips of one rate; the sum is as long as the longest. An empty list gives an empty clip at 48 kHz.
pub fn mix<'a>(clips: impl IntoIterator<Item = &'a Stereo>) -> Stereo {
    let mut clips = clips.into_iter();
    let Some(first) = clips.next() else { return Stereo::silence(SampleRate::HZ_48000, 0) };
    let mut sum = first.clone();
    for clip in clips {
        if clip.frames() > sum.frames() {
            sum.set_frames(clip.frames());
        }
        sum.add(clip);
    }
    sum
}

/// Lowest and highest sample of `buckets` equal slices of a clip, both channels together, for drawing a waveform.
pub fn peaks(clip: &Stereo, buckets: usize) -> Vec<(f32, f32)> {
    let frames = clip.frames();
    (0..buckets)
        .map(|bucket| {
            let slice = bucket * frames / buckets..(bucket + 1) * frames / buckets;
            let samples = clip.left[slice.clone()].iter().chain(&clip.right[slice]);
            samples.fold((0.0_f32, 0.0_f32), |(low, high), sample| (low.min(*sample), high.max(*sample)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panning_keeps_power_and_ends_are_silent() {
        for position in [-1.0, -0.3, 0.0, 0.8, 1.0] {
            let (left, right) = pan(position);
            assert!((left * left + right * right - 1.0).abs() < 1e-6);
        }
        assert!(pan(-1.0).1.abs() < 1e-7 && pan(1.0).0.abs() < 1e-7);
    }

    #[test]
    fn a_mix_is_as_long_as_its_longest_clip() {
        let a = Stereo::from_mono(SampleRate::HZ_48000, &[1.0, 1.0], -1.0);
        let b = Stereo::from_mono(SampleRate::HZ_48000, &[0.5, 0.5, 0.5], -1.0);
        let sum = mix([&a, &b]);
        assert_eq!(sum.left, [1.5, 1.5, 0.5]);
        assert_eq!(mix([]).frames(), 0);
    }

    #[test]
    fn peaks_cover_every_frame_even_when_there_are_fewer_than_buckets() {
        let clip = Stereo::new(SampleRate::HZ_48000, vec![0.1, -0.9, 0.3, 0.2], vec![0.0, 0.0, 0.7, 0.0]).unwrap();
        assert_eq!(peaks(&clip, 2), [(-0.9, 0.1), (0.0, 0.7)]);
        assert_eq!(peaks(&clip, 9).len(), 9);
        assert_eq!(peaks(&clip, 0), []);
    }

    #[test]
    fn channels_of_unequal_length_are_refused() {
        let error = Stereo::new(SampleRate::HZ_48000, vec![0.0], vec![]).unwrap_err();
        assert!(error.to_string().contains("equally long"));
        assert!(SampleRate::new(0).is_err() && SampleRate::new(44_100).is_ok());
    }
}
