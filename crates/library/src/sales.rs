//! What was kept, minted and listed. Ownership is never written here: the chain is asked.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Error, Library};

/// Content names of a kept song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRow {
    pub audio: String,
    pub cover: String,
    pub metadata: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MintRow {
    pub song: String,
    pub contract: String,
    pub token_id: String,
    pub tx: String,
    pub creator: String,
    pub royalty_bps: u16,
}

/// A published order. Amounts are decimal wei.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingRow {
    pub order_hash: String,
    pub song: Option<String>,
    pub title: String,
    pub token_id: String,
    pub seller: String,
    pub price_wei: String,
    pub royalty_wei: String,
    /// JSON of the signed order.
    pub signed_order: String,
    pub listed: f64,
}

const LISTING: &str =
    "SELECT order_hash, song, title, token_id, seller, price_wei, royalty_wei, signed_order, listed FROM listings";

fn listing(row: &Row<'_>) -> rusqlite::Result<ListingRow> {
    Ok(ListingRow {
        order_hash: row.get(0)?,
        song: row.get(1)?,
        title: row.get(2)?,
        token_id: row.get(3)?,
        seller: row.get(4)?,
        price_wei: row.get(5)?,
        royalty_wei: row.get(6)?,
        signed_order: row.get(7)?,
        listed: row.get(8)?,
    })
}

impl Library {
    pub fn set_kept(&self, song: &str, kept: &KeptRow, now: f64) -> Result<(), Error> {
        self.connection().execute(
            "INSERT OR REPLACE INTO kept (song, audio, cover, metadata, kept) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![song, kept.audio, kept.cover, kept.metadata, now],
        )?;
        Ok(())
    }

    pub fn kept(&self, song: &str) -> Result<Option<KeptRow>, Error> {
        Ok(self
            .connection()
            .query_row("SELECT audio, cover, metadata FROM kept WHERE song = ?1", [song], |row| {
                Ok(KeptRow { audio: row.get(0)?, cover: row.get(1)?, metadata: row.get(2)? })
            })
            .optional()?)
    }

    /// Notes a mint; a song is minted once, so a second note of the same song changes nothing.
    pub fn add_mint(&self, mint: &MintRow, now: f64) -> Result<(), Error> {
        self.connection().execute(
            "INSERT OR IGNORE INTO mints (song, contract, token_id, tx, creator, royalty_bps, minted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![mint.song, mint.contract, mint.token_id, mint.tx, mint.creator, mint.royalty_bps, now],
        )?;
        Ok(())
    }

    pub fn mint(&self, song: &str) -> Result<Option<MintRow>, Error> {
        Ok(self
            .connection()
            .query_row(
                "SELECT song, contract, token_id, tx, creator, royalty_bps FROM mints WHERE song = ?1",
                [song],
                |row| {
                    Ok(MintRow {
                        song: row.get(0)?,
                        contract: row.get(1)?,
                        token_id: row.get(2)?,
                        tx: row.get(3)?,
                        creator: row.get(4)?,
                        royalty_bps: row.get(5)?,
                    })
                },
            )
            .optional()?)
    }

    /// Publishes a listing; the same order again changes nothing.
    pub fn add_listing(&self, row: &ListingRow) -> Result<(), Error> {
        self.connection().execute(
            "INSERT OR IGNORE INTO listings
                 (order_hash, song, title, token_id, seller, price_wei, royalty_wei, signed_order, listed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                row.order_hash,
                row.song,
                row.title,
                row.token_id,
                row.seller,
                row.price_wei,
                row.royalty_wei,
                row.signed_order,
                row.listed
            ],
        )?;
        Ok(())
    }

    /// # Errors
    /// [`Error::NotFound`] when there is no such listing.
    pub fn listing(&self, order_hash: &str) -> Result<ListingRow, Error> {
        self.connection()
            .query_row(&format!("{LISTING} WHERE order_hash = ?1"), [order_hash], listing)
            .optional()?
            .ok_or_else(|| Error::NotFound { what: "listing", id: order_hash.to_owned() })
    }

    /// Every listing ever published here, newest first.
    pub fn listings(&self) -> Result<Vec<ListingRow>, Error> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&format!("{LISTING} ORDER BY listed DESC, order_hash"))?;
        let rows = statement.query_map([], listing)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
