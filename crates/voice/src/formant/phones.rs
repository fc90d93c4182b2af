//! The phone table of the formant singer: resonances and noise of every English sound.
//!
//! Formants are of a large (male) vocal tract in Hz; the singer scales them. They follow the averages of Peterson and
//! Barney 1952 for vowels and textbook loci for consonants, then were tuned by ear and by a recogniser.

use score::Phoneme::{self, *};

/// Centre frequencies of the first four formants in Hz.
pub(super) type Formants = [f64; 4];

/// Where the formants go during a phone.
pub(super) enum Target {
    /// One place throughout.
    Steady(Formants),
    /// A diphthong: the nucleus is held, the glide comes at the end.
    Glide(Formants, Formants),
    /// Wherever the neighbours pull it.
    Free,
}

/// The noise of a phone: peaks over a floor, in dB, and its level against a vowel.
pub(super) struct Noise {
    /// Centre in Hz, bandwidth in Hz, height in dB.
    pub peaks: &'static [(f64, f64, f64)],
    pub floor_db: f64,
    pub level_db: f64,
}

pub(super) fn target(phoneme: Phoneme) -> Target {
    use Target::{Free, Glide, Steady};
    match phoneme {
        AY => Glide(vowel(AA), vowel(IH)),
        EY => Glide([470.0, 2050.0, 2600.0, 3600.0], vowel(IY)),
        OW => Glide([480.0, 980.0, 2350.0, 3300.0], vowel(UW)),
        AW => Glide(vowel(AA), vowel(UH)),
        OY => Glide(vowel(AO), vowel(IH)),
        HH => Free,
        L => Steady([360.0, 1100.0, 2700.0, 3400.0]),
        R => Steady([400.0, 1150.0, 1600.0, 3200.0]),
        W => Steady([300.0, 640.0, 2200.0, 3200.0]),
        Y => Steady([280.0, 2250.0, 3000.0, 3600.0]),
        M => Steady([250.0, 1000.0, 2200.0, 3200.0]),
        N => Steady([250.0, 1500.0, 2500.0, 3400.0]),
        NG => Steady([250.0, 1950.0, 2500.0, 3300.0]),
        P | B => Steady([300.0, 800.0, 2200.0, 3300.0]),
        T | D => Steady([300.0, 1750.0, 2650.0, 3500.0]),
        K | G => Steady([300.0, 1900.0, 2300.0, 3400.0]),
        CH | JH => Steady([300.0, 1900.0, 2500.0, 3400.0]),
        F | V => Steady([320.0, 900.0, 2200.0, 3300.0]),
        TH | DH => Steady([320.0, 1350.0, 2500.0, 3400.0]),
        S | Z => Steady([320.0, 1700.0, 2600.0, 3500.0]),
        SH | ZH => Steady([320.0, 1850.0, 2400.0, 3300.0]),
        AA | AE | AH | AX | AO | EH | ER | IH | IY | UH | UW => Steady(vowel(phoneme)),
    }
}

fn vowel(phoneme: Phoneme) -> Formants {
    match phoneme {
        AA => [730.0, 1150.0, 2500.0, 3400.0],
        AE => [690.0, 1700.0, 2450.0, 3500.0],
        AX => [520.0, 1450.0, 2450.0, 3400.0],
        AO => [580.0, 880.0, 2450.0, 3350.0],
        EH => [560.0, 1800.0, 2500.0, 3500.0],
        ER => [480.0, 1320.0, 1680.0, 3300.0],
        IH => [400.0, 1980.0, 2580.0, 3600.0],
        IY => [285.0, 2280.0, 3000.0, 3650.0],
        UH => [450.0, 1050.0, 2300.0, 3350.0],
        UW => [310.0, 900.0, 2250.0, 3300.0],
        _ => [640.0, 1230.0, 2450.0, 3400.0],
    }
}

/// The friction or burst of a phone, if it has one.
pub(super) fn noise(phoneme: Phoneme) -> Option<Noise> {
    const HISS: &[(f64, f64, f64)] = &[(5500.0, 1500.0, 0.0), (7800.0, 2500.0, -1.0)];
    const HUSH: &[(f64, f64, f64)] = &[(2700.0, 700.0, 0.0), (4200.0, 1500.0, -3.0)];
    const LIP: &[(f64, f64, f64)] = &[(1500.0, 3000.0, -8.0), (8000.0, 6000.0, -6.0)];
    const POP: &[(f64, f64, f64)] = &[(700.0, 900.0, 0.0)];
    const HARD_HUSH: &[(f64, f64, f64)] = &[(2800.0, 800.0, 0.0), (4300.0, 1500.0, -3.0)];
    let (peaks, floor_db, level_db): (&'static [_], _, _) = match phoneme {
        S => (HISS, -26.0, 0.0),
        Z => (HISS, -26.0, -5.0),
        SH => (HUSH, -30.0, -1.0),
        ZH => (HUSH, -30.0, -5.0),
        F => (LIP, -14.0, -17.0),
        V => (LIP, -14.0, -21.0),
        TH => (&[(6500.0, 4000.0, -6.0), (1600.0, 3000.0, -10.0)], -16.0, -18.0),
        DH => (&[(6500.0, 4000.0, -6.0)], -16.0, -22.0),
        P => (POP, -14.0, -12.0),
        B => (POP, -14.0, -16.0),
        T => (&[(4500.0, 2000.0, 0.0), (3300.0, 1500.0, -4.0)], -22.0, -5.0),
        D => (&[(4200.0, 2000.0, 0.0), (3200.0, 1500.0, -4.0)], -22.0, -11.0),
        K => (&[(1900.0, 500.0, 0.0), (4000.0, 2000.0, -10.0)], -22.0, -7.0),
        G => (&[(1900.0, 500.0, 0.0)], -20.0, -12.0),
        CH => (HARD_HUSH, -30.0, -3.0),
        JH => (HARD_HUSH, -30.0, -7.0),
        _ => return None,
    };
    Some(Noise { peaks, floor_db, level_db })
}

/// Frequency in Hz at which a nasal's side cavity swallows sound.
pub(super) fn nasal_zero(phoneme: Phoneme) -> Option<f64> {
    match phoneme {
        M => Some(1000.0),
        N => Some(1600.0),
        NG => Some(2600.0),
        _ => None,
    }
}
