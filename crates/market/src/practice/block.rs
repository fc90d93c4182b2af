//! A block as it is kept.

use super::{
    BASE_FEE, BLOCK_GAS_LIMIT,
    state::{AccountDiff, Diff},
};
use alloy::{
    consensus::{EMPTY_ROOT_HASH, Header, Receipt, ReceiptEnvelope, TxEnvelope, TxReceipt, proofs},
    eips::{Decodable2718, eip2718::Eip2718Result},
    primitives::{Address, B256, Bytes, Log},
};
use serde::{Deserialize, Serialize};

/// One line of the chain: what the [`super::ChainStore`] holds, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Block {
    pub header: Header,
    /// Absent in block 0 and in the faucet's blocks.
    pub tx: Option<MinedTx>,
    /// Emptied once it has been applied: the memory holds the state itself.
    pub diff: Diff,
}

/// A transaction and its outcome.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct MinedTx {
    /// As it was signed (EIP-2718).
    pub raw: Bytes,
    pub hash: B256,
    pub from: Address,
    pub success: bool,
    pub gas_used: u64,
    pub created: Option<Address>,
    pub logs: Vec<Log>,
}

impl MinedTx {
    pub fn envelope(&self) -> Eip2718Result<TxEnvelope> {
        TxEnvelope::decode_2718(&mut self.raw.as_ref())
    }

    pub fn receipt<L>(&self, envelope: &TxEnvelope, logs: Vec<L>) -> ReceiptEnvelope<L>
    where
        Receipt<L>: TxReceipt + Into<alloy::consensus::ReceiptWithBloom<Receipt<L>>>,
    {
        let receipt = Receipt { status: self.success.into(), cumulative_gas_used: self.gas_used, logs };
        ReceiptEnvelope::from_typed(envelope.tx_type(), receipt)
    }
}

impl Block {
    /// The block after `parent` (none for block 0).
    pub fn next(
        parent: Option<(&Header, B256)>,
        timestamp: u64,
        tx: Option<(MinedTx, &TxEnvelope)>,
        diff: Diff,
    ) -> Self {
        let mut header = Header {
            number: parent.map_or(0, |(parent, _)| parent.number + 1),
            parent_hash: parent.map_or(B256::ZERO, |(_, hash)| hash),
            mix_hash: parent.map_or(B256::ZERO, |(_, hash)| hash),
            state_root: diff.digest(parent.map_or(B256::ZERO, |(parent, _)| parent.state_root)),
            timestamp,
            gas_limit: BLOCK_GAS_LIMIT,
            base_fee_per_gas: Some(BASE_FEE),
            withdrawals_root: Some(EMPTY_ROOT_HASH),
            blob_gas_used: Some(0),
            excess_blob_gas: Some(0),
            parent_beacon_block_root: Some(B256::ZERO),
            ..Header::default()
        };
        if let Some((tx, envelope)) = &tx {
            let receipt = tx.receipt(envelope, tx.logs.clone());
            header.gas_used = tx.gas_used;
            header.logs_bloom = *receipt.logs_bloom();
            header.transactions_root = proofs::calculate_transaction_root(std::slice::from_ref(*envelope));
            header.receipts_root = proofs::calculate_receipt_root(&[receipt]);
        }
        Self { header, tx: tx.map(|(tx, _)| tx), diff }
    }

    /// Whether this block follows `parent` and its recorded changes are the ones it was made with.
    pub fn follows(&self, parent: Option<(&Header, B256)>) -> bool {
        let (number, hash, root) =
            parent.map_or((0, B256::ZERO, B256::ZERO), |(p, hash)| (p.number + 1, hash, p.state_root));
        self.header.number == number
            && self.header.parent_hash == hash
            && self.header.state_root == self.diff.digest(root)
    }
}

impl AccountDiff {
    /// An account with this code and nonce 1, as deployment leaves it.
    pub fn contract(address: Address, code: Bytes) -> Self {
        Self {
            address,
            removed: false,
            balance: alloy::primitives::U256::ZERO,
            nonce: 1,
            code: Some(code),
            storage: Vec::new(),
        }
    }
}
