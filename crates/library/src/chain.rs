//! The blocks of the practice chain.

use rusqlite::{Transaction, params};

use crate::{Error, Library};

impl Library {
    /// Every block by height.
    pub fn chain_blocks(&self) -> Result<Vec<Vec<u8>>, Error> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT block FROM chain_blocks ORDER BY height")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes the next block; it is on disk when this returns.
    ///
    /// # Errors
    /// [`Error::BlockOutOfOrder`] when `height` is not the number of blocks held: the first is block 0.
    pub fn append_chain_block(&self, height: u64, block: &[u8]) -> Result<(), Error> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let last = last_height(&transaction)?;
        let height_sql = i64::try_from(height).map_err(|_| Error::BlockOutOfOrder { height })?;
        if last.map_or(0, |last| last + 1) != height_sql {
            return Err(Error::BlockOutOfOrder { height });
        }
        transaction.execute("INSERT INTO chain_blocks (height, block) VALUES (?1, ?2)", params![height_sql, block])?;
        transaction.commit()?;
        Ok(())
    }
}

fn last_height(transaction: &Transaction<'_>) -> rusqlite::Result<Option<i64>> {
    transaction.query_row("SELECT max(height) FROM chain_blocks", [], |row| row.get(0))
}
