//! Where the practice chain keeps its blocks.

use std::sync::{Mutex, PoisonError};

/// What went wrong in a store, as the store says it.
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// A list of blocks that only grows.
///
/// The contract: `append` is atomic and durable when it returns `Ok` (a crash leaves the block whole or
/// absent), and it fails, changing nothing, when `height` is not the number of blocks held, so that two
/// writers cannot fork the chain. `load` gives all blocks in order.
pub trait ChainStore: Send + Sync {
    /// # Errors
    /// Whatever kept the blocks from being read.
    fn load(&self) -> Result<Vec<Vec<u8>>, StoreError>;

    /// # Errors
    /// Whatever kept the block from being kept.
    fn append(&self, height: u64, block: &[u8]) -> Result<(), StoreError>;
}

/// Blocks in memory, for tests and for trying things out.
#[derive(Debug, Default)]
pub struct MemoryStore {
    blocks: Mutex<Vec<Vec<u8>>>,
}

impl ChainStore for MemoryStore {
    fn load(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        Ok(self.blocks.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn append(&self, height: u64, block: &[u8]) -> Result<(), StoreError> {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() as u64 != height {
            return Err(format!("block {height} was offered where block {} is due", blocks.len()).into());
        }
        blocks.push(block.to_vec());
        Ok(())
    }
}
