//! Songs as shells see them: lists, one song, and the small changes a person makes to it.

use library::SongSummary;

use crate::App;
use crate::error::Result;
use crate::jobs::TakeRecord;
use crate::types::{
    ApiError, AppEvent, KeptView, LineView, ListingStatus, ProvenanceView, SectionView, SongCard, SongPage, SongQuery,
    SongView, SyllableView, TakeView,
};

/// The longest title, in characters.
const MAX_TITLE_CHARS: usize = 120;
/// The largest page of a list.
const MAX_PAGE: u32 = 200;

impl App {
    /// Songs whose title, name or facts contain the search text, newest first.
    pub fn songs(&self, query: &SongQuery) -> Result<SongPage> {
        let (total, rows) = self.library.search(&query.search, query.offset, query.limit.min(MAX_PAGE))?;
        Ok(SongPage { total, songs: rows.into_iter().map(|row| self.card(row)).collect::<Result<_>>()? })
    }

    /// # Errors
    /// `NotFound` when there is no such song.
    pub fn song(&self, id: &str) -> Result<SongView> {
        let row = self.library.song(id)?;
        let takes = self.take_records(id)?;
        let chosen = takes.iter().find(|(number, _)| *number == row.chosen).or(takes.first());
        let (_, take) = chosen
            .ok_or_else(|| ApiError::from(library::Error::NotFound { what: "take", id: row.chosen.to_string() }))?;
        let unused_facts = take.unused_facts.iter().filter_map(|index| row.brief.facts.get(*index).cloned()).collect();
        let provenance = &take.provenance;
        Ok(SongView {
            card: self.card(self.library.summary(id)?)?,
            chosen: row.chosen,
            about: row.brief.facts.clone(),
            unused_facts,
            provenance: ProvenanceView {
                engine: provenance.engine.clone(),
                engine_version: provenance.engine_version.clone(),
                seed: provenance.seed.0.to_string(),
                assets: provenance
                    .assets
                    .iter()
                    .map(|asset| (asset.name.clone(), asset.sha256.clone(), asset.licence.clone()))
                    .collect(),
            },
            takes: takes.iter().map(|(number, take)| take_view(*number, take)).collect(),
            kept: self.library.kept(id)?.map(|kept| KeptView {
                audio: kept.audio,
                cover: kept.cover,
                metadata: kept.metadata,
            }),
            minted: self.mint_view(id)?,
            listing: self.open_listing(id)?,
            folder: self.home.song(id),
        })
    }

    /// Every take of a song with its number.
    pub fn take_records(&self, song: &str) -> Result<Vec<(u32, TakeRecord)>> {
        self.library.takes(song)?.into_iter().map(|row| Ok((row.number, serde_json::from_str(&row.take)?))).collect()
    }

    /// The chosen take of a song.
    pub fn chosen_take(&self, song: &str) -> Result<(u32, TakeRecord)> {
        let chosen = self.library.song(song)?.chosen;
        let takes = self.take_records(song)?;
        takes
            .into_iter()
            .find(|(number, _)| *number == chosen)
            .ok_or_else(|| library::Error::NotFound { what: "take", id: chosen.to_string() }.into())
    }

    /// Makes another take the song's own.
    ///
    /// # Errors
    /// `NotReady` once the song was kept or minted: its content name says which take it is.
    pub fn choose_take(&self, song: &str, number: u32) -> Result<()> {
        if self.library.kept(song)?.is_some() {
            return Err(ApiError::new(
                crate::types::ErrorCode::NotReady,
                "this song is kept under its content name, so its take can no longer change; make a new song from the same brief instead",
            ));
        }
        let (_, before) = self.chosen_take(song)?;
        self.library.choose_take(song, number)?;
        let (_, chosen) = self.chosen_take(song)?;
        // A title that the user wrote stays.
        if self.library.song(song)?.title == before.title && chosen.title != before.title {
            self.library.rename_song(song, &chosen.title)?;
        }
        self.tell(AppEvent::Changed);
        Ok(())
    }

    pub fn rename_song(&self, song: &str, title: &str) -> Result<()> {
        let title = title.trim();
        let chars = title.chars().count();
        if chars == 0 || chars > MAX_TITLE_CHARS {
            return Err(ApiError::bad_input(format!(
                "a title has 1 to {MAX_TITLE_CHARS} characters; this one has {chars}"
            )));
        }
        self.library.rename_song(song, title)?;
        self.tell(AppEvent::Changed);
        Ok(())
    }

    /// Hides a song from the library; its files stay, so that it can be restored.
    pub fn delete_song(&self, song: &str) -> Result<()> {
        self.library.delete_song(song, self.now())?;
        self.tell(AppEvent::Changed);
        Ok(())
    }

    pub fn restore_song(&self, song: &str) -> Result<()> {
        self.library.restore_song(song)?;
        self.tell(AppEvent::Changed);
        Ok(())
    }

    fn card(&self, row: SongSummary) -> Result<SongCard> {
        let minted = row.token.is_some();
        let owned_by_you = !minted || self.owned_by_you(&row.id)?;
        let listed = match row.orders.first() {
            Some(_) => self.open_listing(&row.id)?.is_some_and(|listing| listing.status == ListingStatus::Open),
            None => false,
        };
        Ok(SongCard {
            cover: self.home.take(&row.id, row.chosen).join("cover.png"),
            id: row.id,
            title: row.title,
            name: row.name,
            occasion: row.occasion,
            style: row.style,
            duration_s: row.duration_s,
            created: row.created,
            kept: row.kept,
            minted,
            listed,
            owned_by_you,
        })
    }
}

fn take_view(number: u32, take: &TakeRecord) -> TakeView {
    TakeView {
        number,
        seed: take.seed.0.to_string(),
        title: take.title.clone(),
        duration_s: take.timeline.duration_s,
        lufs: take.loudness.lufs,
        true_peak_dbtp: take.loudness.true_peak_dbtp,
        key: take.key.clone(),
        bpm: take.bpm,
        peaks: take.peaks.clone(),
        sections: take
            .timeline
            .sections
            .iter()
            .map(|section| SectionView { name: section.name.clone(), start_s: section.start_s, end_s: section.end_s })
            .collect(),
        lyrics: take
            .timeline
            .lyrics
            .iter()
            .map(|line| LineView {
                start_s: line.start_s,
                end_s: line.end_s,
                text: line.text.clone(),
                syllables: line
                    .syllables
                    .iter()
                    .map(|syllable| SyllableView {
                        start_s: syllable.start_s,
                        end_s: syllable.end_s,
                        text: syllable.text.clone(),
                    })
                    .collect(),
            })
            .collect(),
    }
}
