//! The chain itself: its blocks, its state, and the one way to add to them.

use super::{
    CHAIN_ID, ChainStore, Clock, TX_GAS_LIMIT,
    block::{Block, MinedTx},
    evm::{self, Place, Simulation},
    faucet_allows,
    genesis::genesis,
    state::{AccountDiff, Diff, State},
};
use crate::{Error, Result, Wei};
use alloy::{
    consensus::{Transaction, TxEnvelope},
    eips::Decodable2718,
    primitives::{Address, B256, Bytes, map::HashMap},
};
use revm::context::result::{ExecutionResult, InvalidTransaction};
use std::sync::Arc;

pub(super) struct Ledger {
    pub state: State,
    blocks: Vec<(B256, Block)>,
    by_hash: HashMap<B256, u64>,
    by_tx: HashMap<B256, u64>,
    store: Arc<dyn ChainStore>,
    clock: Clock,
}

/// Why a signed transaction was not taken; the words are those Ethereum nodes use.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("failed to decode signed transaction")]
    Undecodable,
    #[error("transaction type not supported: blob and set-code transactions are not taken on the practice chain")]
    Unsupported,
    #[error("invalid chain id for signer: have {found:?} want {CHAIN_ID}")]
    ChainId { found: Option<u64> },
    #[error("already known")]
    AlreadyKnown,
    #[error("nonce too low: next nonce {next}, tx nonce {tx}")]
    NonceTooLow { next: u64, tx: u64 },
    #[error("nonce too high: next nonce {next}, tx nonce {tx}")]
    NonceTooHigh { next: u64, tx: u64 },
    #[error("insufficient funds for gas * price + value: balance {balance}, tx cost {cost}")]
    Funds { balance: String, cost: String },
    #[error("{0}")]
    Invalid(InvalidTransaction),
    #[error("the practice chain could not be saved: {0}")]
    Store(Error),
}

impl Ledger {
    pub fn open(store: Arc<dyn ChainStore>, clock: Clock) -> Result<Self> {
        let kept = store.load().map_err(Error::Store)?;
        let (by_hash, by_tx) = Default::default();
        let mut ledger = Self { state: State::default(), blocks: Vec::new(), by_hash, by_tx, store, clock };
        for (height, bytes) in (0..).zip(&kept) {
            let damaged = || Error::StoreDamaged { height };
            let block: Block = serde_json::from_slice(bytes).map_err(|_| damaged())?;
            if !block.follows(ledger.head()) {
                return Err(damaged());
            }
            ledger.add(block);
        }
        if kept.is_empty() {
            let block = Block::next(None, (ledger.clock)(), None, genesis()?);
            ledger.keep(block)?;
        }
        Ok(ledger)
    }

    pub fn height(&self) -> u64 {
        self.blocks.len().saturating_sub(1) as u64
    }

    pub fn block(&self, number: u64) -> Option<&(B256, Block)> {
        self.blocks.get(usize::try_from(number).ok()?)
    }

    pub fn number_of(&self, block: B256) -> Option<u64> {
        self.by_hash.get(&block).copied()
    }

    /// The transaction of that hash, with its block.
    pub fn mined(&self, tx: B256) -> Option<(B256, &Block, &MinedTx)> {
        let (hash, block) = self.block(*self.by_tx.get(&tx)?)?;
        Some((*hash, block, block.tx.as_ref()?))
    }

    pub fn blocks(&self, from: u64, to: u64) -> &[(B256, Block)] {
        let end = self.blocks.len().min(usize::try_from(to.saturating_add(1)).unwrap_or(usize::MAX));
        let start = usize::try_from(from).unwrap_or(usize::MAX).min(end);
        &self.blocks[start..end]
    }

    /// Executes a signed transaction as the next block and returns its hash. On an error nothing changes.
    pub fn send(&mut self, raw: &[u8]) -> Result<B256, Refused> {
        let envelope = TxEnvelope::decode_2718_exact(raw).map_err(|_| Refused::Undecodable)?;
        if envelope.is_eip4844() || envelope.is_eip7702() {
            return Err(Refused::Unsupported);
        }
        if envelope.chain_id() != Some(CHAIN_ID) {
            return Err(Refused::ChainId { found: envelope.chain_id() });
        }
        let hash = *envelope.tx_hash();
        if self.by_tx.contains_key(&hash) {
            return Err(Refused::AlreadyKnown);
        }
        let from = signer(&envelope)?;

        let place = self.next_place();
        let tx = evm::signed(&envelope, from).map_err(Refused::from)?;
        let done = evm::execute(&self.state, place, tx).map_err(Refused::from)?;
        let diff = self.state.diff(&done.state);
        let mined = MinedTx {
            raw: Bytes::copy_from_slice(raw),
            hash,
            from,
            success: done.result.is_success(),
            gas_used: done.result.tx_gas_used(),
            // Nodes name the address even when the creation failed.
            created: envelope.kind().is_create().then(|| from.create(envelope.nonce())),
            logs: done.result.into_logs(),
        };
        let block = Block::next(self.head(), place.timestamp, Some((mined, &envelope)), diff);
        self.keep(block).map_err(Refused::Store)?;
        Ok(hash)
    }

    /// Gives `amount` to `to` in a block without a transaction.
    pub fn credit(&mut self, to: Address, amount: Wei) -> Result<()> {
        faucet_allows(amount)?;
        let balance = self.state.balance(to).saturating_add(amount.0);
        let nonce = self.state.nonce(to);
        let change = AccountDiff { address: to, removed: false, balance, nonce, code: None, storage: Vec::new() };
        let block = Block::next(self.head(), self.next_place().timestamp, None, Diff(vec![change]));
        self.keep(block)
    }

    /// Runs a call on top of the latest block, as it would run in the next one, without paying for gas.
    pub fn simulate(&self, call: Simulation) -> Result<ExecutionResult, Refused> {
        let tx = evm::simulated(call).map_err(Refused::from)?;
        let done = evm::execute(&self.state, self.next_place().simulated(), tx).map_err(Refused::from)?;
        Ok(done.result)
    }

    /// The least gas with which the call succeeds, or the outcome with the most gas when it does not.
    pub fn estimate(&self, call: Simulation) -> Result<Result<u64, ExecutionResult>, Refused> {
        let with = |gas| self.simulate(Simulation { gas, ..call.clone() });
        let enough = |gas| Ok::<_, Refused>(with(gas).is_ok_and(|done| done.is_success()));
        let most = with(call.gas.min(TX_GAS_LIMIT))?;
        if !most.is_success() {
            return Ok(Err(most));
        }
        // Refunds and the 1/64 kept back at each call make the need larger than the use.
        let (mut low, mut high) = (most.tx_gas_used().saturating_sub(1), call.gas.min(TX_GAS_LIMIT));
        let guess = (most.tx_gas_used() + most.gas().inner_refunded() + 2_300) * 64 / 63;
        if guess < high && enough(guess)? {
            high = guess;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if enough(middle)? { high = middle } else { low = middle }
        }
        Ok(Ok(high))
    }

    fn head(&self) -> Option<(&alloy::consensus::Header, B256)> {
        self.blocks.last().map(|(hash, block)| (&block.header, *hash))
    }

    fn next_place(&self) -> Place {
        let now = (self.clock)();
        self.head().map_or(Place::at(0, now, B256::ZERO), |(head, hash)| {
            // A clock set back must not set the chain back.
            Place::at(head.number + 1, now.max(head.timestamp), hash)
        })
    }

    /// Stores a block, and only then lets it be seen.
    fn keep(&mut self, block: Block) -> Result<()> {
        let bytes = serde_json::to_vec(&block).map_err(|error| Error::Store(error.into()))?;
        self.store.append(block.header.number, &bytes).map_err(Error::Store)?;
        self.add(block);
        Ok(())
    }

    fn add(&mut self, mut block: Block) {
        let hash = block.header.hash_slow();
        self.state.apply(std::mem::take(&mut block.diff), hash);
        self.by_hash.insert(hash, block.header.number);
        if let Some(tx) = &block.tx {
            self.by_tx.insert(tx.hash, block.header.number);
        }
        self.blocks.push((hash, block));
    }
}

/// Who signed. The twin signature with the high `s` is not taken (EIP-2), or a transaction had two hashes.
fn signer(tx: &TxEnvelope) -> Result<Address, Refused> {
    let signature = tx.signature();
    if signature.normalize_s().is_some() {
        return Err(Refused::Undecodable);
    }
    signature.recover_address_from_prehash(&tx.signature_hash()).map_err(|_| Refused::Undecodable)
}

impl From<InvalidTransaction> for Refused {
    fn from(invalid: InvalidTransaction) -> Self {
        match invalid {
            InvalidTransaction::NonceTooLow { tx, state } => Self::NonceTooLow { next: state, tx },
            InvalidTransaction::NonceTooHigh { tx, state } => Self::NonceTooHigh { next: state, tx },
            InvalidTransaction::LackOfFundForMaxFee { fee, balance } => {
                Self::Funds { balance: balance.to_string(), cost: fee.to_string() }
            }
            other => Self::Invalid(other),
        }
    }
}
