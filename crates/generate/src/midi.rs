//! A score as a Standard MIDI File, for other music programs.

use midly::num::{u4, u7, u15, u24, u28};
use midly::{Format, Header, MetaMessage, MidiMessage, Smf, Timing, TrackEvent, TrackEventKind};
use score::{Instrument, KeySignature, Note, PPQ, Scale, Score};

use crate::GenerateError;
use crate::band::without_overlaps;

/// The channel that General MIDI keeps for percussion.
const DRUM_CHANNEL: u8 = 9;
/// "Synth Voice": what plays the melody where nobody sings.
const MELODY_PROGRAM: u8 = 54;

/// A type 1 file: a conductor track (title, tempo, metre, key), the melody with its words, then each part.
///
/// # Errors
/// [`GenerateError::Midi`] if the file cannot be encoded.
pub fn midi(score: &Score) -> Result<Vec<u8>, GenerateError> {
    let sung = sung_syllables(score);
    let names: Vec<String> = score.parts.iter().map(|part| part.stem.as_str().to_owned()).collect();

    let mut file = Smf::new(Header::new(Format::Parallel, Timing::Metrical(u15::new(PPQ as u16))));
    file.tracks.push(conductor(score));

    let mut melody = Timed::named("vocals");
    melody.program(0, MELODY_PROGRAM);
    for (tick, text) in &sung {
        melody.push(*tick, Order::Before, TrackEventKind::Meta(MetaMessage::Lyric(text.as_bytes())));
    }
    melody.notes(0, score.melody.iter().map(|sung| sung.note));
    file.tracks.push(melody.finish());

    let mut channels = (1..16_u8).filter(|channel| *channel != DRUM_CHANNEL).cycle();
    for (part, name) in score.parts.iter().zip(&names) {
        let mut track = Timed::named(name);
        let channel = match part.instrument {
            Instrument::Kit => DRUM_CHANNEL,
            Instrument::Program(program) => {
                let channel = channels.next().unwrap_or(1);
                track.program(channel, program);
                channel
            }
        };
        track.notes(channel, without_overlaps(&part.notes));
        file.tracks.push(track.finish());
    }

    let mut bytes = Vec::new();
    file.write_std(&mut bytes).map_err(|error| GenerateError::Midi { reason: error.to_string() })?;
    Ok(bytes)
}

/// The words as lyric events: a syllable within a word ends in "-", a word's last in a space, a line's last in a return.
fn sung_syllables(score: &Score) -> Vec<(u32, String)> {
    let places = score.lyrics.syllables();
    let mut previous = None;
    let mut events = Vec::new();
    for sung in &score.melody {
        let Some(place) = places.get(sung.syllable).filter(|_| previous != Some(sung.syllable)) else { continue };
        previous = Some(sung.syllable);
        let ends_word = place.syllable_in_word + 1 == place.word.syllables.len();
        let ends_line = places.get(sung.syllable + 1).is_none_or(|next| next.line != place.line);
        let end = if ends_line {
            "\r"
        } else if ends_word {
            " "
        } else {
            "-"
        };
        events.push((sung.note.onset.0, format!("{}{end}", place.syllable.text)));
    }
    events
}

fn conductor(score: &Score) -> Vec<TrackEvent<'_>> {
    let mut track = Timed::named(&score.lyrics.title);
    let unit = score.meter.unit.max(1).trailing_zeros() as u8;
    let (sharps, minor) = signature(score.key);
    for message in [
        MetaMessage::Tempo(u24::new(score.tempo.micros_per_quarter.min(0xff_ffff))),
        MetaMessage::TimeSignature(score.meter.beats, unit, 24, 8),
        MetaMessage::KeySignature(sharps, minor),
    ] {
        track.push(0, Order::Before, TrackEventKind::Meta(message));
    }
    track.finish()
}

/// Sharps (positive) or flats (negative), and whether the key is minor.
fn signature(key: KeySignature) -> (i8, bool) {
    /// Of the major keys from C upwards by semitones.
    const SHARPS: [i8; 12] = [0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5];
    let minor = key.scale == Scale::Minor;
    let major_tonic = if minor { key.tonic + 3 } else { key.tonic };
    (SHARPS[usize::from(major_tonic % 12)], minor)
}

/// What comes first at one tick: keys go up, then words and settings, then keys go down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Up,
    Before,
    Down,
}

/// A track while its events still carry absolute ticks.
struct Timed<'a> {
    events: Vec<(u32, Order, TrackEventKind<'a>)>,
}

impl<'a> Timed<'a> {
    fn named(name: &'a str) -> Self {
        Self { events: vec![(0, Order::Up, TrackEventKind::Meta(MetaMessage::TrackName(name.as_bytes())))] }
    }

    fn push(&mut self, tick: u32, order: Order, kind: TrackEventKind<'a>) {
        self.events.push((tick, order, kind));
    }

    fn program(&mut self, channel: u8, program: u8) {
        let message = MidiMessage::ProgramChange { program: u7::new(program.min(127)) };
        self.push(0, Order::Before, TrackEventKind::Midi { channel: u4::new(channel), message });
    }

    fn notes(&mut self, channel: u8, notes: impl IntoIterator<Item = Note>) {
        for note in notes {
            let (key, vel) = (u7::new(note.pitch.min(127)), u7::new(note.velocity.clamp(1, 127)));
            let channel = u4::new(channel);
            let on = TrackEventKind::Midi { channel, message: MidiMessage::NoteOn { key, vel } };
            let off = TrackEventKind::Midi { channel, message: MidiMessage::NoteOff { key, vel: u7::new(64) } };
            self.push(note.onset.0, Order::Down, on);
            self.push(note.end().0, Order::Up, off);
        }
    }

    fn finish(mut self) -> Vec<TrackEvent<'a>> {
        self.events.sort_by_key(|(tick, order, _)| (*tick, *order));
        let mut now = 0;
        let mut track: Vec<TrackEvent<'a>> = Vec::with_capacity(self.events.len() + 1);
        for (tick, _, kind) in self.events {
            track.push(TrackEvent { delta: u28::new(tick - now), kind });
            now = tick;
        }
        track.push(TrackEvent { delta: u28::new(0), kind: TrackEventKind::Meta(MetaMessage::EndOfTrack) });
        track
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_signatures() {
        let key = |tonic, scale| signature(KeySignature { tonic, scale });
        assert_eq!(key(7, Scale::Major), (1, false));
        assert_eq!(key(10, Scale::Major), (-2, false));
        assert_eq!(key(9, Scale::Minor), (0, true));
        assert_eq!(key(11, Scale::Minor), (2, true));
    }
}
