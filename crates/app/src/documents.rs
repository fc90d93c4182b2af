//! The JSON documents that `keepsong make` and `keepsong demo` print. A field once published keeps its name and meaning.

use std::collections::BTreeMap;
use std::path::PathBuf;

use blobs::Profile;
use score::{TimedLine, TimedSection};
use serde::Serialize;

use crate::App;
use crate::error::Result;
use crate::types::ApiError;

/// What `make --json` prints.
#[derive(Debug, Clone, Serialize)]
pub struct MakeDocument {
    pub song: String,
    pub title: String,
    pub take: u32,
    pub seed: u64,
    pub engine: String,
    pub language: String,
    pub duration_s: f64,
    pub lufs: f64,
    pub true_peak_dbtp: f64,
    pub audio: PathBuf,
    pub stems: BTreeMap<String, PathBuf>,
    pub midi: PathBuf,
    pub lrc: PathBuf,
    pub sections: Vec<TimedSection>,
    pub lyrics: Vec<LineDocument>,
    pub seconds: BTreeMap<String, f64>,
    pub cid: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct LineDocument {
    pub start_s: f64,
    pub end_s: f64,
    pub text: String,
    pub syllables: Vec<SyllableDocument>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SyllableDocument {
    pub start_s: f64,
    pub end_s: f64,
    pub text: String,
    pub midi: Midi,
}

/// One note number, or the list of them that a melisma is sung on.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Midi {
    One(u8),
    Many(Vec<u8>),
}

/// What `demo --json` prints. Wei are decimal strings; the deltas leave out gas.
#[derive(Debug, Clone, Serialize)]
pub struct DemoDocument {
    pub song: MakeDocument,
    pub played: Option<PlayedDocument>,
    pub cids: CidsDocument,
    pub mint: MintDocument,
    pub listing: ListingDocument,
    pub sale: SaleDocument,
    /// Address of the owner after the sale, as the chain says.
    pub owner: String,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct PlayedDocument {
    pub frames: u64,
    pub underruns: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct CidsDocument {
    pub audio: String,
    pub cover: String,
    pub metadata: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct MintDocument {
    pub contract: String,
    pub token_id: String,
    pub tx: String,
    pub creator: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ListingDocument {
    pub order_hash: String,
    pub seller: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SaleDocument {
    pub tx: String,
    pub price_wei: String,
    pub royalty_wei: String,
    pub buyer: String,
    pub seller_delta_wei: String,
    pub creator_delta_wei: String,
}

impl App {
    /// The document of a song's chosen take.
    pub fn make_document(&self, song: &str) -> Result<MakeDocument> {
        let row = self.library.song(song)?;
        let (take, record) = self.chosen_take(song)?;
        let folder = self.home.take(song, take);
        let audio = folder.join("song.wav");
        let file =
            std::fs::File::open(&audio).map_err(|error| ApiError::from_io(&error, "cannot read the song's sound"))?;
        Ok(MakeDocument {
            song: row.id,
            title: row.title,
            take,
            seed: record.seed.0,
            engine: record.provenance.engine,
            language: row.brief.language.to_string(),
            duration_s: record.timeline.duration_s,
            lufs: record.loudness.lufs,
            true_peak_dbtp: record.loudness.true_peak_dbtp,
            stems: record
                .stems
                .iter()
                .map(|stem| (stem.as_str().to_owned(), folder.join(format!("stems/{}.wav", stem.as_str()))))
                .collect(),
            midi: folder.join("song.mid"),
            lrc: folder.join("song.lrc"),
            sections: record.timeline.sections,
            lyrics: record.timeline.lyrics.into_iter().map(line).collect(),
            seconds: record.seconds,
            cid: blobs::cid_of(file, Profile::default())?.to_string(),
            audio,
        })
    }
}

fn line(line: TimedLine) -> LineDocument {
    let syllables = line.syllables.into_iter().map(|syllable| SyllableDocument {
        start_s: syllable.start_s,
        end_s: syllable.end_s,
        text: syllable.text,
        midi: match syllable.midi.as_slice() {
            [one] => Midi::One(*one),
            _ => Midi::Many(syllable.midi),
        },
    });
    LineDocument { start_s: line.start_s, end_s: line.end_s, text: line.text, syllables: syllables.collect() }
}
