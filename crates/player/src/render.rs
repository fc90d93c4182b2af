//! The audio callback: takes frames from the ring and writes them in the format of the device.
//!
//! It runs on the real-time thread of the sound system, so it never locks, allocates, waits or panics.
//! Pausing and seeking fade over 5 ms instead of cutting. A fade costs loudness, never frames: what is faded out at a pause is consumed,
//! and playing on continues at the very next frame.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

use cpal::{FromSample, Sample};
use rtrb::{Consumer, Producer};

use crate::block::{Block, Control, Frame, Tick};

/// Seconds that a fade from silence to full level takes.
const FADE: f32 = 0.005;

/// Seconds of silence behind the last sound before it counts as heard. How much a device still holds is only its estimate, and a song
/// must not lose its last word to it.
const MARGIN: f32 = 0.2;

/// A factor that moves linearly to its target.
struct Ramp {
    value: f32,
    step: f32,
}

impl Ramp {
    fn towards(&mut self, target: f32) -> f32 {
        self.value += (target - self.value).clamp(-self.step, self.step);
        self.value
    }
}

/// What the ring has for the next frame.
enum Next {
    Frame(Frame),
    /// Paused, or the new generation is not ready.
    Hold,
    Empty,
}

/// State of the callback.
pub struct Renderer {
    blocks: Consumer<Block>,
    ticks: Producer<Tick>,
    control: Arc<Control>,
    channels: usize,
    fade: Ramp,
    volume: Ramp,
    /// Frames already taken from the front block.
    taken: usize,
    tick: Tick,
    /// Frames of silence to play before the end is heard for sure.
    rest: u64,
    margin: u64,
    starved: bool,
}

impl Renderer {
    pub fn new(
        blocks: Consumer<Block>,
        ticks: Producer<Tick>,
        control: Arc<Control>,
        channels: u16,
        rate: u32,
    ) -> Self {
        let step = 1.0 / (FADE * rate.max(1) as f32);
        let volume = f32::from_bits(control.volume.load(Relaxed));
        Self {
            blocks,
            ticks,
            control,
            channels: usize::from(channels).max(1),
            fade: Ramp { value: 0.0, step },
            volume: Ramp { value: volume, step },
            taken: 0,
            tick: Tick::default(),
            rest: 0,
            margin: (MARGIN * rate as f32) as u64,
            starved: false,
        }
    }

    /// Fills `out` (interleaved) and reports one tick. `delay` is how many frames the device still holds from before.
    pub fn render<S: Sample + FromSample<f32>>(&mut self, out: &mut [S], delay: u64) {
        let generation = self.control.generation.load(Acquire);
        let ready = self.control.ready.load(Acquire) >= generation;
        // Read before the ring: when it is set, every block is already visible there.
        let exhausted = self.control.exhausted.load(Acquire) == generation;
        let playing = self.control.playing.load(Relaxed);
        let volume = f32::from_bits(self.control.volume.load(Relaxed));

        if self.tick.generation != generation {
            self.tick = Tick { generation, song: 0, position: 0, ..self.tick };
        }
        let mut passed = 0_u64;
        let mut last_sound = None;
        let mut dry = false;
        for frame in out.chunks_mut(self.channels) {
            passed += 1;
            let level = self.volume.towards(volume);
            let sound = match self.next(generation, ready, playing) {
                Next::Frame(sound) => {
                    last_sound = Some(passed);
                    sound
                }
                Next::Hold => [0.0; 2],
                Next::Empty => {
                    dry = true;
                    self.fade.value = 0.0;
                    [0.0; 2]
                }
            };
            write(frame, sound.map(|sample| (sample * level).clamp(-1.0, 1.0)));
        }

        let waiting = dry && playing && ready;
        if waiting && !exhausted && !self.starved {
            self.tick.underruns += 1;
        }
        self.starved = waiting && !exhausted;
        self.tick.unheard = match last_sound {
            Some(frames) => delay + frames,
            None => self.tick.unheard.saturating_sub(passed),
        };
        self.rest = match last_sound {
            Some(frames) => delay + frames + self.margin,
            None => self.rest.saturating_sub(passed),
        };
        self.tick.ended = waiting && exhausted && self.rest == 0;
        // A full tick ring means that nobody looks just now; the next tick carries the same totals.
        let _ = self.ticks.push(self.tick);
    }

    fn next(&mut self, generation: u64, ready: bool, playing: bool) -> Next {
        loop {
            let Ok(block) = self.blocks.peek() else { return Next::Empty };
            let current = block.generation == generation;
            let sample = block.samples.get(self.taken).copied().filter(|_| self.taken < block.frames);
            let (Some(sample), true) = (sample, current || self.fade.value > 0.0) else {
                self.taken = 0;
                if let Ok(front) = self.blocks.read_chunk(1) {
                    front.commit_all();
                }
                continue;
            };
            let audible = current && playing && ready;
            if !audible && self.fade.value <= 0.0 {
                return Next::Hold;
            }
            let position = block.start + self.taken as u64;
            if audible && position == 0 {
                self.fade.value = 1.0; // the first frame of a song follows silence: nothing to smooth
            }
            let fade = self.fade.towards(if audible { 1.0 } else { 0.0 });
            self.taken += 1;
            if current {
                self.tick.song = block.song;
                self.tick.position = position + 1;
                self.tick.frames += 1;
            }
            return Next::Frame(sample.map(|value| value * fade));
        }
    }
}

/// Writes one stereo frame to as many channels as there are: their mean on one, silence beyond two.
fn write<S: Sample + FromSample<f32>>(frame: &mut [S], [left, right]: Frame) {
    match frame {
        [mono] => *mono = S::from_sample(0.5 * (left + right)),
        [first, second, rest @ ..] => {
            *first = S::from_sample(left);
            *second = S::from_sample(right);
            rest.fill(S::EQUILIBRIUM);
        }
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::Relaxed;

    use assert_no_alloc::{AllocDisabler, assert_no_alloc};
    use rtrb::RingBuffer;

    use super::*;
    use crate::block::BLOCK;

    #[global_allocator]
    static ALLOCATOR: AllocDisabler = AllocDisabler;

    const RATE: u32 = 48_000;
    const FADE_FRAMES: usize = 240;

    struct Bench {
        blocks: Producer<Block>,
        ticks: Consumer<Tick>,
        control: Arc<Control>,
        renderer: Renderer,
    }

    fn bench(channels: u16) -> Bench {
        let (blocks, feed) = RingBuffer::new(64);
        let (report, ticks) = RingBuffer::new(64);
        let control = Arc::new(Control { volume: 1_f32.to_bits().into(), ..Control::default() });
        control.generation.store(1, Relaxed);
        control.ready.store(1, Relaxed);
        control.playing.store(true, Relaxed);
        let renderer = Renderer::new(feed, report, control.clone(), channels, RATE);
        Bench { blocks, ticks, control, renderer }
    }

    /// Left counts frames of the song in 1/32768, right is its negative.
    fn count(frame: u64) -> f32 {
        frame as f32 / 32_768.0
    }

    impl Bench {
        fn push(&mut self, generation: u64, start: u64, frames: usize) {
            let mut samples = [[0.0; 2]; BLOCK];
            for (i, frame) in samples.iter_mut().enumerate() {
                *frame = [count(start + i as u64), -count(start + i as u64)];
            }
            self.blocks.push(Block { generation, song: 7, start, frames, samples }).ok().unwrap();
        }

        fn render(&mut self, frames: usize) -> Vec<f32> {
            let mut out = vec![9.0; frames * self.renderer.channels];
            self.renderer.render(&mut out, 0);
            out
        }

        fn tick(&mut self) -> Tick {
            let mut last = Tick::default();
            while let Ok(tick) = self.ticks.pop() {
                last = tick;
            }
            last
        }
    }

    fn fills_without_allocating<S: Sample + FromSample<f32>>(channels: u16) {
        let mut bench = bench(channels);
        for i in 0..4 {
            bench.push(1, 1_000 + i * BLOCK as u64, BLOCK);
        }
        bench.push(2, 0, 100);
        let mut out = vec![S::EQUILIBRIUM; 500 * usize::from(channels) + 1];
        assert_no_alloc(|| bench.renderer.render(&mut out, 10));
        bench.control.playing.store(false, Relaxed);
        assert_no_alloc(|| bench.renderer.render(&mut out, 10));
        bench.control.playing.store(true, Relaxed);
        bench.control.generation.store(2, Relaxed);
        bench.control.ready.store(2, Relaxed);
        for _ in 0..70 {
            assert_no_alloc(|| bench.renderer.render(&mut out, 10)); // flush, end, dry, and a full tick ring
        }
    }

    #[test]
    fn callback_never_allocates() {
        for channels in [1, 2, 3, 6, 8] {
            fills_without_allocating::<f32>(channels);
            fills_without_allocating::<f64>(channels);
            fills_without_allocating::<i8>(channels);
            fills_without_allocating::<i16>(channels);
            fills_without_allocating::<cpal::I24>(channels);
            fills_without_allocating::<i32>(channels);
            fills_without_allocating::<u8>(channels);
            fills_without_allocating::<u16>(channels);
        }
    }

    #[test]
    fn formats_and_channels_are_exact() {
        let mut stereo = bench(2);
        stereo.push(1, 0, BLOCK);
        let mut out = [0_i16; 2 * BLOCK];
        stereo.renderer.render(&mut out, 0);
        for (i, frame) in out.chunks(2).enumerate() {
            assert_eq!(frame, [i as i16, -(i as i16)]);
        }
        let mut six = bench(6);
        six.push(1, 0, BLOCK);
        let mut out = [5_i32; 6 * 4];
        six.renderer.render(&mut out, 0);
        assert_eq!(out[18..], [3 << 16, -(3 << 16), 0, 0, 0, 0]);
        let mut mono = bench(1);
        mono.push(1, 0, BLOCK);
        assert!(mono.render(BLOCK).iter().all(|&sample| sample == 0.0), "left and right cancel on one channel");
    }

    #[test]
    fn pause_fades_and_loses_no_frame() {
        let mut bench = bench(2);
        for i in 0..8 {
            bench.push(1, i * BLOCK as u64, BLOCK);
        }
        let before = bench.render(300);
        assert_eq!(before[2 * 299], count(299));
        bench.control.playing.store(false, Relaxed);
        let faded = bench.render(300);
        assert!(faded[0] > 0.99 * count(300));
        assert!(faded[2 * FADE_FRAMES..].iter().all(|&sample| sample == 0.0));
        assert!(bench.render(300).iter().all(|&sample| sample == 0.0));
        let resumed_at = bench.tick().position;
        bench.control.playing.store(true, Relaxed);
        let after = bench.render(600);
        for i in FADE_FRAMES..600 {
            assert_eq!(after[2 * i], count(resumed_at + i as u64));
        }
    }

    #[test]
    fn seek_throws_stale_sound_away() {
        let mut bench = bench(2);
        for i in 0..20 {
            bench.push(1, i * BLOCK as u64, BLOCK);
        }
        bench.render(300);
        bench.control.generation.store(2, Relaxed);
        let flushed = bench.render(300);
        assert!(
            flushed[2 * FADE_FRAMES..].iter().all(|&sample| sample == 0.0),
            "nothing of the old place after the fade"
        );
        bench.push(2, 9_000, BLOCK);
        assert!(bench.render(10).iter().all(|&sample| sample == 0.0), "waits until enough is queued");
        bench.control.ready.store(2, Relaxed);
        let landed = bench.render(BLOCK);
        assert_eq!(landed[2 * 255], count(9_255));
        assert_eq!(
            bench.tick(),
            Tick { generation: 2, song: 7, position: 9_256, unheard: 256, frames: 556, underruns: 0, ended: false }
        );
    }

    #[test]
    fn tells_an_underrun_from_the_end() {
        let mut bench = bench(2);
        bench.push(1, 0, 100);
        bench.render(150);
        bench.render(50);
        let tick = bench.tick();
        assert_eq!((tick.underruns, tick.ended), (1, false));
        bench.push(1, 100, 100);
        bench.control.exhausted.store(1, Relaxed);
        bench.render(150);
        assert!(!bench.tick().ended, "the device has not played it yet");
        bench.render(9_000);
        assert!(!bench.tick().ended, "the margin is kept");
        bench.render(800);
        let tick = bench.tick();
        assert!(tick.ended);
        assert_eq!((tick.frames, tick.underruns), (200, 1));
    }

    #[test]
    fn volume_has_no_step() {
        let mut bench = bench(2);
        let samples = [[0.5; 2]; BLOCK];
        for i in 0..4 {
            bench
                .blocks
                .push(Block { generation: 1, song: 1, start: i * BLOCK as u64, frames: BLOCK, samples })
                .ok()
                .unwrap();
        }
        bench.render(100);
        bench.control.volume.store(0_f32.to_bits(), Relaxed);
        let out = bench.render(600);
        let steepest = out.chunks(2).zip(out.chunks(2).skip(1)).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.005, "{steepest}");
        assert_eq!(out[1_199], 0.0);
        assert_eq!(bench.tick().position, 700, "silent, but going on");
    }
}
