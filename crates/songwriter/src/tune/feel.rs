//! Tempo, meter, swing and key: how the song moves and where it lies for the singer.

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use score::{Brief, KeySignature, Meter, Mood, Occasion, PPQ, Scale, Style, Tempo};

/// The longest song a usual set of lyrics (16 to 20 lines) may become.
const LONGEST_SECONDS: f64 = 88.0;

/// How the song moves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Feel {
    pub style: Style,
    pub meter: Meter,
    pub tempo: Tempo,
    /// Share of a quarter note that its first eighth takes; 0.5 is straight.
    pub swing: f32,
}

impl Feel {
    /// Whether bars have three beats.
    pub fn is_waltz(&self) -> bool {
        self.meter.beats == 3
    }

    /// Length of one place a syllable may begin at: an eighth in 4/4, a quarter in a waltz, in ticks.
    pub fn slot(&self) -> u32 {
        if self.is_waltz() { PPQ } else { PPQ / 2 }
    }

    /// Bars of the usual lyric line.
    pub fn line_bars(&self) -> u32 {
        if self.is_waltz() { 4 } else { 2 }
    }

    /// Moves a straight tick to where it swings: beats stay, what lies between them shifts.
    pub fn swung(&self, at: u32) -> u32 {
        if self.swing <= 0.5 {
            return at;
        }
        let (beat, inside) = (at / PPQ * PPQ, (at % PPQ) as f32);
        let half = PPQ as f32 / 2.0;
        let long = PPQ as f32 * self.swing;
        let moved =
            if inside <= half { inside / half * long } else { long + (inside - half) / half * (PPQ as f32 - long) };
        beat + moved.round() as u32
    }
}

/// Whether the song is in three: lullabies mostly, gentle folk songs and ballads sometimes.
pub(crate) fn wants_waltz(brief: &Brief, rng: &mut ChaCha8Rng) -> bool {
    let gentle = matches!(brief.mood, Mood::Tender | Mood::Calm);
    let chance = match brief.style {
        Style::Lullaby => 0.7,
        Style::Folk | Style::Ballad if gentle || brief.occasion == Occasion::Lullaby => 0.3,
        _ => 0.0,
    };
    rng.random_bool(chance)
}

/// The bars before and after the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    pub intro: u32,
    pub outro: u32,
}

/// Chooses tempo and frame so that `sung_bars` of words fit the usual length of a song.
///
/// Words far too long for it keep the style's own tempo.
pub(crate) fn choose_feel(brief: &Brief, waltz: bool, sung_bars: u32, rng: &mut ChaCha8Rng) -> (Feel, Frame) {
    let (slow, fast, limit) = match (brief.style, waltz) {
        (_, true) => (154.0, 166.0, 176.0),
        (Style::Pop, _) => (112.0, 122.0, 132.0),
        (Style::Folk, _) => (108.0, 118.0, 128.0),
        (Style::Rock, _) => (122.0, 134.0, 144.0),
        (Style::Ballad, _) => (98.0, 108.0, 122.0),
        (Style::Swing, _) => (116.0, 124.0, 128.0),
        (Style::Lullaby, _) => (98.0, 106.0, 122.0),
    };
    let lift = match brief.mood {
        Mood::Joyful => 4.0,
        Mood::Playful => 2.0,
        Mood::Proud => 0.0,
        Mood::Tender => -4.0,
        Mood::Calm => -6.0,
    };
    let own = f64::from(rng.random_range(slow as u32..=fast as u32)) + lift;
    let meter = if waltz { Meter::WALTZ } else { Meter::COMMON };
    let bpm_for = |frame: Frame| {
        f64::from((sung_bars + frame.intro + frame.outro) * u32::from(meter.beats)) * 60.0 / LONGEST_SECONDS
    };
    let frames = [Frame { intro: 4, outro: 4 }, Frame { intro: 4, outro: 2 }, Frame { intro: 2, outro: 2 }];
    let frame = frames.into_iter().find(|frame| bpm_for(*frame) <= own).unwrap_or(frames[2]);
    let needed = bpm_for(frame).ceil();
    let bpm = if needed <= limit { own.max(needed) } else { own };
    let swing = match brief.style {
        Style::Swing => 0.6,
        _ => 0.5,
    };
    (Feel { style: brief.style, meter, tempo: Tempo::from_bpm(bpm), swing }, frame)
}

/// Key and compass: the tonic's MIDI pitch and the scale steps around it the singer may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compass {
    pub key: KeySignature,
    /// MIDI pitch of scale step 0.
    pub tonic: u8,
    /// Lowest scale step.
    pub low: i32,
    /// Highest scale step.
    pub high: i32,
}

impl Compass {
    /// MIDI pitch of a scale step (0 = tonic, 7 = the tonic above).
    pub fn pitch(&self, step: i32) -> u8 {
        let semitones = step.div_euclid(7) * 12 + i32::from(self.key.scale.steps()[step.rem_euclid(7) as usize]);
        (i32::from(self.tonic) + semitones).clamp(0, 127) as u8
    }
}

/// Puts the melody into a woman's comfortable range, MIDI 57 to 74: either from just under the tonic to the octave,
/// or around the tonic, from the fifth below to the sixth above.
pub(crate) fn choose_compass(brief: &Brief, rng: &mut ChaCha8Rng) -> Compass {
    let sad = brief.occasion == Occasion::Farewell && matches!(brief.mood, Mood::Tender | Mood::Calm);
    let scale = if sad && rng.random_bool(0.5) { Scale::Minor } else { Scale::Major };
    let choices: [(u8, i32, i32); 6] = [(60, -1, 7), (62, -1, 7), (62, -3, 5), (63, -3, 5), (64, -3, 5), (65, -3, 5)];
    let (tonic, low, high) = choices.choose(rng).copied().unwrap_or(choices[0]);
    Compass { key: KeySignature { tonic: tonic % 12, scale }, tonic, low, high }
}
