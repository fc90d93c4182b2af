//! Which calculation plays which General MIDI program, with its constants.

use rand_chacha::ChaCha8Rng;

use super::voices::{Mode, Modulated, Plucked, Stroke, Struck, Tone};

/// The sound of one program.
#[derive(Debug, Clone, Copy)]
pub enum Timbre {
    Struck(&'static Struck),
    Modulated(&'static Modulated),
    Plucked(&'static Plucked),
    Tone(&'static Tone),
}

impl Timbre {
    /// Every program has a timbre; effects and percussion programs take the nearest pitched one.
    pub const fn of(program: u8) -> Self {
        match program {
            0..=3 => Self::Struck(&PIANO),
            4..=5 => Self::Modulated(&ELECTRIC_PIANO),
            6..=7 => Self::Plucked(&HARPSICHORD),
            8..=10 | 14 => Self::Struck(&BELL),
            11..=13 | 15 => Self::Struck(&BARS),
            16..=23 => Self::Tone(&ORGAN),
            24..=25 => Self::Plucked(&ACOUSTIC_GUITAR),
            26..=31 => Self::Plucked(&ELECTRIC_GUITAR),
            32..=39 => Self::Tone(&BASS),
            45..=46 => Self::Plucked(&HARP),
            47 | 112..=119 => Self::Struck(&BARS),
            40..=44 | 48..=51 => Self::Tone(&STRINGS),
            52..=55 | 88..=95 => Self::Tone(&PAD),
            56..=63 => Self::Tone(&BRASS),
            64..=71 => Self::Tone(&REED),
            72..=79 => Self::Tone(&FLUTE),
            80..=87 => Self::Tone(&REED),
            96..=103 => Self::Tone(&PAD),
            104..=111 => Self::Plucked(&ACOUSTIC_GUITAR),
            120.. => Self::Tone(&PAD),
        }
    }

    pub fn play(self, stroke: Stroke, noise: &mut ChaCha8Rng) -> Vec<f32> {
        match self {
            Self::Struck(body) => body.play(stroke, noise),
            Self::Modulated(pair) => pair.play(stroke),
            Self::Plucked(string) => string.play(stroke, noise),
            Self::Tone(tone) => tone.play(stroke, noise),
        }
    }

    /// Whether its partials are close to whole multiples, so that its period can be measured.
    #[cfg(test)]
    pub fn is_harmonic(self) -> bool {
        match self {
            Self::Struck(body) => body.modes.len() == PIANO.modes.len(),
            Self::Tone(tone) => tone.copies == 1,
            Self::Modulated(_) | Self::Plucked(_) => true,
        }
    }
}

const PIANO: Struck = Struck {
    modes: &[
        (1.0, 0.50, 5.5),
        (2.0, 0.34, 4.6),
        (3.0, 0.24, 3.8),
        (4.0, 0.15, 3.1),
        (5.0, 0.11, 2.5),
        (6.0, 0.07, 2.0),
        (7.0, 0.03, 1.6),
        (8.0, 0.035, 1.3),
        (9.0, 0.03, 1.0),
        (10.0, 0.022, 0.9),
        (11.0, 0.016, 0.7),
        (12.0, 0.012, 0.6),
    ],
    stiffness: 0.000_25,
    release_s: 0.28,
    hammer: 0.10,
};

/// Glockenspiel, celesta, music box: free bars with their tuned overtones.
const BELL_MODES: &[Mode] =
    &[(1.0, 0.55, 2.6), (2.756, 0.18, 1.2), (5.404, 0.09, 0.6), (2.0, 0.08, 1.6), (8.93, 0.03, 0.25)];
const BELL: Struck = Struck { modes: BELL_MODES, stiffness: 0.0, release_s: 0.9, hammer: 0.05 };

/// Marimba, vibraphone, timpani: the second mode two octaves up.
const BARS: Struck = Struck {
    modes: &[(1.0, 0.65, 1.5), (4.0, 0.14, 0.5), (9.2, 0.04, 0.2)],
    stiffness: 0.0,
    release_s: 0.5,
    hammer: 0.10,
};

const ELECTRIC_PIANO: Modulated =
    Modulated { ratio: 1.0, index: 2.4, index_decay_s: 4.0, decay_s: 5.0, release_s: 0.25, tine: (7.0, 0.22, 0.8) };

const HARPSICHORD: Plucked = Plucked { decay_s: 3.0, brightness: 0.95, position: 0.12, release_s: 0.12 };
const ACOUSTIC_GUITAR: Plucked = Plucked { decay_s: 3.2, brightness: 0.7, position: 0.2, release_s: 0.18 };
const ELECTRIC_GUITAR: Plucked = Plucked { decay_s: 4.0, brightness: 0.55, position: 0.28, release_s: 0.15 };
const HARP: Plucked = Plucked { decay_s: 3.4, brightness: 0.5, position: 0.4, release_s: 0.6 };

const ORGAN: Tone = Tone {
    harmonics: &[1.0, 0.75, 0.35, 0.45, 0.05, 0.2, 0.02, 0.25],
    attack_s: 0.008,
    decay_s: 0.1,
    sustain: 1.0,
    release_s: 0.06,
    copies: 2,
    detune_cents: 5.0,
    vibrato_cents: 0.0,
    breath: 0.0,
    darkening: 0.0,
};

const BASS: Tone = Tone {
    harmonics: &[1.0, 0.6, 0.34, 0.2, 0.1, 0.06, 0.03, 0.02],
    attack_s: 0.005,
    decay_s: 0.7,
    sustain: 0.4,
    release_s: 0.08,
    copies: 1,
    detune_cents: 0.0,
    vibrato_cents: 0.0,
    breath: 0.0,
    darkening: 0.7,
};

const STRINGS: Tone = Tone {
    harmonics: &[1.0, 0.62, 0.45, 0.30, 0.24, 0.17, 0.13, 0.10, 0.07, 0.05, 0.04, 0.03],
    attack_s: 0.14,
    decay_s: 1.0,
    sustain: 0.9,
    release_s: 0.35,
    copies: 4,
    detune_cents: 16.0,
    vibrato_cents: 7.0,
    breath: 0.02,
    darkening: 0.15,
};

const PAD: Tone = Tone {
    harmonics: &[1.0, 0.4, 0.28, 0.14, 0.1, 0.05, 0.03],
    attack_s: 0.25,
    decay_s: 2.0,
    sustain: 0.9,
    release_s: 0.6,
    copies: 4,
    detune_cents: 18.0,
    vibrato_cents: 4.0,
    breath: 0.01,
    darkening: 0.3,
};

const BRASS: Tone = Tone {
    harmonics: &[1.0, 0.9, 0.75, 0.55, 0.42, 0.3, 0.2, 0.14, 0.09, 0.06],
    attack_s: 0.045,
    decay_s: 0.4,
    sustain: 0.8,
    release_s: 0.12,
    copies: 2,
    detune_cents: 6.0,
    vibrato_cents: 5.0,
    breath: 0.01,
    darkening: 0.3,
};

const REED: Tone = Tone {
    harmonics: &[1.0, 0.12, 0.62, 0.1, 0.38, 0.08, 0.2, 0.06, 0.1],
    attack_s: 0.035,
    decay_s: 0.5,
    sustain: 0.88,
    release_s: 0.1,
    copies: 1,
    detune_cents: 0.0,
    vibrato_cents: 6.0,
    breath: 0.03,
    darkening: 0.2,
};

const FLUTE: Tone = Tone {
    harmonics: &[1.0, 0.28, 0.1, 0.05, 0.02],
    attack_s: 0.055,
    decay_s: 0.6,
    sustain: 0.9,
    release_s: 0.12,
    copies: 1,
    detune_cents: 0.0,
    vibrato_cents: 8.0,
    breath: 0.07,
    darkening: 0.1,
};
