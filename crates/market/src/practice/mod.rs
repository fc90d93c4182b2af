//! The practice chain: an Ethereum chain inside the app, for money that is not money.
//!
//! It is revm behind an alloy transport, so everything written for a real chain runs on it unchanged:
//!
//! * every transaction is executed at once and is a block of its own;
//! * the base fee is fixed at 1 gwei and burnt, gas is counted exactly, the rules are those of Osaka
//!   (without the KZG and BLS precompiles, which need C libraries and which nothing here uses);
//! * Seaport 1.6 stands at its canonical address from block 0, deployed through the CREATE2 factory;
//! * only the latest state is kept; blocks, receipts and logs are kept for ever;
//! * the header's state root is a running digest of all state changes, not a Merkle root.
//!
//! A block is the header, the transaction, its outcome and every account and slot it changed. It is
//! appended to the [`ChainStore`] *before* the memory is changed and before anybody can see the receipt. On
//! opening, the recorded changes are applied and nothing is executed again, so what was seen stays true,
//! even after an update of the EVM. One process at a time may use a store.

mod block;
mod evm;
mod genesis;
mod ledger;
mod rpc;
mod state;
mod store;
mod transport;

pub use store::{ChainStore, MemoryStore, StoreError};
pub use transport::PracticeTransport;

use crate::{Error, Result, Wei};
use alloy::primitives::{Address, U256};
use ledger::Ledger;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The practice chain's id.
pub const CHAIN_ID: u64 = 7_777_331;
/// Fixed price of a unit of gas, in wei.
pub const BASE_FEE: u64 = 1_000_000_000;
/// Most gas in a block.
pub const BLOCK_GAS_LIMIT: u64 = 30_000_000;
/// Most gas in a transaction (EIP-7825).
pub const TX_GAS_LIMIT: u64 = 1 << 24;
/// The most the faucet gives at a time: a million practice ETH.
pub const FAUCET_LIMIT: Wei = Wei(U256::from_limbs([2003764205206896640, 54210, 0, 0]));

/// Gives the time in Unix seconds.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// A running practice chain; clones share it.
#[derive(Clone)]
pub struct PracticeChain {
    ledger: Arc<Mutex<Ledger>>,
}

impl PracticeChain {
    /// Opens the chain kept in `store`, or starts one there when it is empty.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::StoreDamaged`], [`Error::Genesis`].
    pub fn open(store: Arc<dyn ChainStore>, clock: Clock) -> Result<Self> {
        Ok(Self { ledger: Arc::new(Mutex::new(Ledger::open(store, clock)?)) })
    }

    /// The number of the latest block.
    pub fn height(&self) -> u64 {
        self.ledger().height()
    }

    /// Gives practice money to `to`; the gift is a block without a transaction.
    ///
    /// # Errors
    /// [`Error::FaucetLimit`], [`Error::Store`].
    pub fn faucet(&self, to: Address, amount: Wei) -> Result<()> {
        self.ledger().credit(to, amount)
    }

    /// A connection for alloy's `RpcClient`.
    pub fn transport(&self) -> PracticeTransport {
        PracticeTransport::new(self.clone())
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A change is applied whole after it has been stored, so a panic elsewhere leaves nothing half done.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for PracticeChain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PracticeChain(block {})", self.height())
    }
}

fn faucet_allows(amount: Wei) -> Result<()> {
    if amount > FAUCET_LIMIT { Err(Error::FaucetLimit { max: FAUCET_LIMIT }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faucet_limit_is_a_million() {
        assert_eq!(FAUCET_LIMIT.to_eth(), "1000000");
    }
}
