//! Opening, checking and migrating the file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::Error;

/// Each entry brings the schema one version up; `user_version` counts those applied.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE songs (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        name TEXT NOT NULL,
        occasion TEXT NOT NULL,
        style TEXT NOT NULL,
        brief TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        created REAL NOT NULL,
        deleted REAL
    ) STRICT;
    CREATE INDEX songs_by_age ON songs (created DESC, id);
    CREATE TABLE takes (
        song TEXT NOT NULL REFERENCES songs (id),
        number INTEGER NOT NULL,
        duration_s REAL NOT NULL,
        take TEXT NOT NULL,
        PRIMARY KEY (song, number)
    ) STRICT;
    CREATE VIRTUAL TABLE song_text USING fts5 (id UNINDEXED, text, tokenize = 'trigram');
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        phase TEXT NOT NULL,
        progress REAL NOT NULL,
        subject TEXT NOT NULL,
        song TEXT,
        request TEXT NOT NULL,
        checkpoint TEXT NOT NULL,
        error TEXT,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        dismissed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE kept (
        song TEXT PRIMARY KEY REFERENCES songs (id),
        audio TEXT NOT NULL,
        cover TEXT NOT NULL,
        metadata TEXT NOT NULL,
        kept REAL NOT NULL
    ) STRICT;
    CREATE TABLE mints (
        song TEXT PRIMARY KEY REFERENCES songs (id),
        contract TEXT NOT NULL,
        token_id TEXT NOT NULL,
        tx TEXT NOT NULL,
        creator TEXT NOT NULL,
        royalty_bps INTEGER NOT NULL,
        minted REAL NOT NULL,
        UNIQUE (contract, token_id)
    ) STRICT;
    CREATE TABLE listings (
        order_hash TEXT PRIMARY KEY,
        song TEXT REFERENCES songs (id),
        title TEXT NOT NULL,
        token_id TEXT NOT NULL,
        seller TEXT NOT NULL,
        price_wei TEXT NOT NULL,
        royalty_wei TEXT NOT NULL,
        signed_order TEXT NOT NULL,
        listed REAL NOT NULL
    ) STRICT;
    CREATE TABLE chain_blocks (height INTEGER PRIMARY KEY, block BLOB NOT NULL) STRICT;
    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"];

pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    check(&connection, path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// Reads the whole structure once, before anything is written.
fn check(connection: &Connection, path: &Path) -> Result<(), Error> {
    let damaged = |detail: String| Error::Damaged { path: path.to_owned(), detail };
    match connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)) {
        Ok(verdict) if verdict == "ok" => Ok(()),
        Ok(verdict) => Err(damaged(verdict)),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Err(damaged(error.to_string())),
            _ => Err(error.into()),
        },
    }
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = MIGRATIONS.len() as i64;
    let done =
        usize::try_from(found).ok().filter(|done| *done <= MIGRATIONS.len()).ok_or(Error::TooNew { found, known })?;
    if done > 0 && done < MIGRATIONS.len() {
        connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        std::fs::copy(path, path.with_extension(format!("v{found}.bak")))?;
    }
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
