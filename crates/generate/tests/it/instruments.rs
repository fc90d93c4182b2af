//! Both bands play the same part at the same times and pitches.

use dsp::{SampleRate, Stereo, band_power, gain_to_db};
use generate::Assets;
use generate::band::{Band, Procedural, SoundFont};
use score::{Instrument, Note, Part, StemKind, Tempo, Ticks};

const RATE: SampleRate = SampleRate::HZ_48000;

fn bands() -> Vec<Box<dyn Band>> {
    let font = Assets::find(&[]).unwrap().soundfont.expect("`make test` installs fluid-soundfont-gm");
    vec![Box::new(Procedural), Box::new(SoundFont::load(&font.path).unwrap())]
}

fn part(instrument: Instrument, notes: &[(u32, u32, u8)]) -> Part {
    let notes = notes
        .iter()
        .map(|(onset, duration, pitch)| Note {
            pitch: *pitch,
            onset: Ticks::quarters(*onset),
            duration: Ticks::quarters(*duration),
            velocity: 100,
        })
        .collect();
    Part { stem: StemKind::Harmony, instrument, notes }
}

/// Level in dB between two seconds.
fn level(clip: &Stereo, from_s: f64, to_s: f64) -> f32 {
    let slice = &clip.to_mono()[RATE.frames(from_s)..RATE.frames(to_s)];
    gain_to_db((slice.iter().map(|s| s * s).sum::<f32>() / slice.len() as f32).sqrt())
}

#[test]
fn notes_sound_when_written_and_at_their_pitch() {
    let tempo = Tempo::from_bpm(60.0);
    for band in bands() {
        for program in [0, 4, 11, 24, 33, 48, 73] {
            let clip =
                band.render(&part(Instrument::Program(program), &[(1, 1, 69)]), tempo, RATE.frames(5.0), RATE).unwrap();
            assert_eq!(clip.frames(), RATE.frames(5.0));
            assert_eq!(level(&clip, 0.0, 0.99), -200.0, "{} {program} sounds before its note", band.name());
            assert!(level(&clip, 1.1, 1.6) > -50.0, "{} {program} is silent", band.name());
            assert!(level(&clip, 4.5, 5.0) < level(&clip, 1.1, 1.6) - 20.0, "{} {program} never ends", band.name());
            let near = band_power(&clip.left, RATE, 430.0..450.0);
            let beside = band_power(&clip.left, RATE, 455.0..475.0) + band_power(&clip.left, RATE, 405.0..425.0);
            assert!(near > 4.0 * beside, "{} {program} is out of tune: {near} against {beside}", band.name());
        }
    }
}

#[test]
fn drums_play_and_unknown_keys_do_no_harm() {
    let tempo = Tempo::from_bpm(120.0);
    for band in bands() {
        let clip = band
            .render(
                &part(Instrument::Kit, &[(0, 1, 36), (1, 1, 38), (2, 1, 42), (3, 1, 127)]),
                tempo,
                RATE.frames(3.0),
                RATE,
            )
            .unwrap();
        for start in [0.0, 0.5, 1.0] {
            let level = level(&clip, start, start + 0.05);
            assert!(level > -65.0, "{} is silent at {start} s: {level} dB", band.name());
        }
    }
}

#[test]
fn notes_beyond_the_end_and_empty_parts_are_fine() {
    let tempo = Tempo::from_bpm(120.0);
    for band in bands() {
        let clip = band.render(&part(Instrument::Program(0), &[(0, 1, 60), (100, 1, 60)]), tempo, 1_000, RATE).unwrap();
        assert_eq!(clip.frames(), 1_000);
        let empty = band.render(&part(Instrument::Program(200), &[]), tempo, 1_000, RATE).unwrap();
        assert_eq!(empty.sample_peak(), 0.0);
    }
}
