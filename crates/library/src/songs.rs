//! Songs and their takes.

use rusqlite::{OptionalExtension, Row, params};
use score::Brief;

use crate::{Error, Library};

/// A song as it is saved. `take` values are JSON documents of the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct SongRow {
    pub id: String,
    pub title: String,
    pub brief: Brief,
    pub chosen: u32,
    /// Unix seconds.
    pub created: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TakeRow {
    pub number: u32,
    pub duration_s: f64,
    /// JSON.
    pub take: String,
}

/// What a list shows of a song.
#[derive(Debug, Clone, PartialEq)]
pub struct SongSummary {
    pub id: String,
    pub title: String,
    pub name: String,
    pub occasion: String,
    pub style: String,
    pub chosen: u32,
    pub duration_s: f64,
    pub created: f64,
    pub kept: bool,
    /// `(contract, token id)` once minted.
    pub token: Option<(String, String)>,
    /// Order hashes of its listings, newest first.
    pub orders: Vec<String>,
}

const SUMMARY: &str = "
    SELECT songs.id, songs.title, songs.name, songs.occasion, songs.style, songs.chosen, takes.duration_s, songs.created,
           kept.song IS NOT NULL, mints.contract, mints.token_id,
           (SELECT group_concat(order_hash, ' ') FROM (
               SELECT order_hash FROM listings WHERE listings.song = songs.id ORDER BY listed DESC))
    FROM songs
    JOIN takes ON takes.song = songs.id AND takes.number = songs.chosen
    LEFT JOIN kept ON kept.song = songs.id
    LEFT JOIN mints ON mints.song = songs.id";

fn summary(row: &Row<'_>) -> rusqlite::Result<SongSummary> {
    let contract: Option<String> = row.get(9)?;
    let token_id: Option<String> = row.get(10)?;
    let orders: Option<String> = row.get(11)?;
    Ok(SongSummary {
        id: row.get(0)?,
        title: row.get(1)?,
        name: row.get(2)?,
        occasion: row.get(3)?,
        style: row.get(4)?,
        chosen: row.get(5)?,
        duration_s: row.get(6)?,
        created: row.get(7)?,
        kept: row.get(8)?,
        token: contract.zip(token_id),
        orders: orders.map(|text| text.split(' ').map(str::to_owned).collect()).unwrap_or_default(),
    })
}

/// A `LIKE` pattern that finds `text` anywhere, with its own wildcards escaped by `\`.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

impl Library {
    /// Saves a song with its takes in one transaction; saving the same id again changes nothing.
    pub fn add_song(&self, song: &SongRow, takes: &[TakeRow]) -> Result<(), Error> {
        let brief = serde_json::to_string(&song.brief)?;
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let added = transaction.execute(
            "INSERT OR IGNORE INTO songs (id, title, name, occasion, style, brief, chosen, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                song.id,
                song.title,
                song.brief.name,
                song.brief.occasion.as_str(),
                song.brief.style.as_str(),
                brief,
                song.chosen,
                song.created
            ],
        )?;
        if added == 1 {
            for take in takes {
                transaction.execute(
                    "INSERT INTO takes (song, number, duration_s, take) VALUES (?1, ?2, ?3, ?4)",
                    params![song.id, take.number, take.duration_s, take.take],
                )?;
            }
            transaction.execute(
                "INSERT INTO song_text (id, text) VALUES (?1, ?2)",
                params![song.id, search_text(&song.title, &song.brief)],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// # Errors
    /// [`Error::NotFound`] when there is no such song, or it was deleted.
    pub fn song(&self, id: &str) -> Result<SongRow, Error> {
        let row = self
            .connection()
            .query_row(
                "SELECT id, title, brief, chosen, created FROM songs WHERE id = ?1 AND deleted IS NULL",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?, row.get(4)?)),
            )
            .optional()?;
        let (id, title, brief, chosen, created) =
            row.ok_or_else(|| Error::NotFound { what: "song", id: id.to_owned() })?;
        Ok(SongRow { id, title, brief: serde_json::from_str(&brief)?, chosen, created })
    }

    /// The takes of a song by number.
    pub fn takes(&self, song: &str) -> Result<Vec<TakeRow>, Error> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT number, duration_s, take FROM takes WHERE song = ?1 ORDER BY number")?;
        let rows = statement
            .query_map([song], |row| Ok(TakeRow { number: row.get(0)?, duration_s: row.get(1)?, take: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One song as a list shows it.
    pub fn summary(&self, id: &str) -> Result<SongSummary, Error> {
        self.connection()
            .query_row(&format!("{SUMMARY} WHERE songs.id = ?1"), [id], summary)
            .optional()?
            .ok_or_else(|| Error::NotFound { what: "song", id: id.to_owned() })
    }

    /// Songs whose title, name or facts contain `search`, newest first, with how many there are in all.
    pub fn search(&self, search: &str, offset: u32, limit: u32) -> Result<(u32, Vec<SongSummary>), Error> {
        let pattern = containing(search);
        let matching =
            "songs.deleted IS NULL AND songs.id IN (SELECT id FROM song_text WHERE text LIKE ?1 ESCAPE '\\')";
        let connection = self.connection();
        let total =
            connection
                .query_row(&format!("SELECT count(*) FROM songs WHERE {matching}"), [&pattern], |row| row.get(0))?;
        let mut statement = connection.prepare_cached(&format!(
            "{SUMMARY} WHERE {matching} ORDER BY songs.created DESC, songs.id LIMIT ?2 OFFSET ?3"
        ))?;
        let rows = statement.query_map(params![pattern, limit, offset], summary)?;
        Ok((total, rows.collect::<Result<_, _>>()?))
    }

    /// # Errors
    /// [`Error::NotFound`] when the song has no such take.
    pub fn choose_take(&self, song: &str, number: u32) -> Result<(), Error> {
        let changed = self.connection().execute(
            "UPDATE songs SET chosen = ?2
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM takes WHERE takes.song = ?1 AND takes.number = ?2)",
            params![song, number],
        )?;
        if changed == 1 { Ok(()) } else { Err(Error::NotFound { what: "take", id: number.to_string() }) }
    }

    pub fn rename_song(&self, id: &str, title: &str) -> Result<(), Error> {
        let song = self.song(id)?;
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute("UPDATE songs SET title = ?2 WHERE id = ?1", params![id, title])?;
        transaction
            .execute("UPDATE song_text SET text = ?2 WHERE id = ?1", params![id, search_text(title, &song.brief)])?;
        transaction.commit()?;
        Ok(())
    }

    /// Hides a song; its files stay until [`Library::restore_song`] or a clean-up.
    pub fn delete_song(&self, id: &str, now: f64) -> Result<(), Error> {
        self.mark_deleted(id, Some(now))
    }

    pub fn restore_song(&self, id: &str) -> Result<(), Error> {
        self.mark_deleted(id, None)
    }

    fn mark_deleted(&self, id: &str, deleted: Option<f64>) -> Result<(), Error> {
        let changed = self.connection().execute("UPDATE songs SET deleted = ?2 WHERE id = ?1", params![id, deleted])?;
        if changed == 1 { Ok(()) } else { Err(Error::NotFound { what: "song", id: id.to_owned() }) }
    }
}

fn search_text(title: &str, brief: &Brief) -> String {
    format!("{title}\n{}\n{}", brief.name, brief.facts.join("\n"))
}
