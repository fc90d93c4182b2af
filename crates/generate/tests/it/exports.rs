//! MIDI, LRC, timeline and cover of a real score.

use std::collections::BTreeSet;

use generate::{cover, lrc, midi, timeline};
use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEventKind};
use score::{Score, Seed};

use crate::mia;

fn score(seed: u64) -> Score {
    let lyrics = songwriter::write_lyrics(&mia(), Seed(seed)).unwrap();
    songwriter::compose(&mia(), lyrics, Seed(seed)).unwrap()
}

/// `(onset, end, key, velocity)` of every note of a parsed track.
fn notes(track: &[midly::TrackEvent]) -> BTreeSet<(u32, u32, u8, u8)> {
    let (mut now, mut held, mut notes) = (0, std::collections::BTreeMap::new(), BTreeSet::new());
    for event in track {
        now += event.delta.as_int();
        match event.kind {
            TrackEventKind::Midi { message: MidiMessage::NoteOn { key, vel }, .. } => {
                assert!(held.insert(key, (now, vel.as_int())).is_none(), "a key goes down twice");
            }
            TrackEventKind::Midi { message: MidiMessage::NoteOff { key, .. }, .. } => {
                let (onset, velocity) = held.remove(&key).expect("a key goes up that was not down");
                notes.insert((onset, now, key.as_int(), velocity));
            }
            _ => {}
        }
    }
    assert!(held.is_empty(), "a key stays down");
    notes
}

#[test]
fn midi_parses_back_to_the_same_notes_and_words() {
    let score = score(5);
    let bytes = midi(&score).unwrap();
    let file = Smf::parse(&bytes).unwrap();
    assert_eq!(file.header.timing, Timing::Metrical(480.into()));
    assert_eq!(file.tracks.len(), 2 + score.parts.len());

    let sung: BTreeSet<_> = score
        .melody
        .iter()
        .map(|sung| (sung.note.onset.0, sung.note.end().0, sung.note.pitch, sung.note.velocity))
        .collect();
    assert_eq!(notes(&file.tracks[1]), sung);
    for (part, track) in score.parts.iter().zip(&file.tracks[2..]) {
        let onsets: BTreeSet<_> = part.notes.iter().map(|note| (note.onset.0, note.pitch)).collect();
        let parsed: BTreeSet<_> = notes(track).into_iter().map(|(onset, _, key, _)| (onset, key)).collect();
        assert_eq!(parsed, onsets, "{}", part.stem.as_str());
    }

    let words: String = file.tracks[1]
        .iter()
        .filter_map(|event| match event.kind {
            TrackEventKind::Meta(MetaMessage::Lyric(text)) => Some(String::from_utf8(text.to_vec()).unwrap()),
            _ => None,
        })
        .collect();
    let expected: String = score.lyrics.syllables().iter().map(|place| place.syllable.text.as_str()).collect();
    assert_eq!(words.replace([' ', '\r', '-'], ""), expected.replace([' ', '-'], ""));
    assert!(file.tracks[0].iter().any(|event| matches!(event.kind,
        TrackEventKind::Meta(MetaMessage::Tempo(tempo)) if tempo.as_int() == score.tempo.micros_per_quarter)));
}

#[test]
fn the_timeline_covers_the_words_in_order() {
    let score = score(6);
    let timeline = timeline(&score, 60.0);
    assert_eq!(timeline.sections.len(), score.sections.len());
    assert_eq!(timeline.sections[0].start_s, 0.0);
    let texts: Vec<&str> = timeline.lyrics.iter().map(|line| line.text.as_str()).collect();
    let lines: Vec<&str> = score.lyrics.lines().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, lines);
    let syllables: Vec<_> = timeline.lyrics.iter().flat_map(|line| &line.syllables).collect();
    assert_eq!(syllables.len(), score.lyrics.syllables().len());
    assert!(syllables.windows(2).all(|pair| pair[0].end_s <= pair[1].start_s + 1e-9));
    assert!(syllables.iter().all(|s| s.end_s > s.start_s && !s.midi.is_empty()));
}

#[test]
fn lrc_times_never_run_backwards() {
    let score = score(7);
    let text = lrc(&timeline(&score, 60.0), &score.lyrics.title);
    let times: Vec<f64> = text
        .split(['<', '['])
        .filter_map(|piece| {
            let (minutes, rest) = piece.split_once(':')?;
            let seconds = rest.split(['>', ']']).next()?;
            Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
        })
        .skip(1)
        .collect();
    assert!(times.len() > 60, "{text}");
    assert!(times.is_sorted(), "{text}");
    assert!(text.contains("Mia"));
}

#[test]
fn the_cover_is_a_picture_of_this_song() {
    let bytes = cover(&score(8), 256).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height, info.color_type), (256, 256, png::ColorType::Rgb));
    let colours: BTreeSet<&[u8]> = pixels.chunks(3).collect();
    assert!(colours.len() > 2_000, "only {} colours", colours.len());
    assert_eq!(bytes, cover(&score(8), 256).unwrap());
    assert_ne!(bytes, cover(&score(9), 256).unwrap());
    for pixels in [0, 15, 5_000] {
        assert!(cover(&score(8), pixels).unwrap_err().to_string().contains("16 to 4096"));
    }
}
