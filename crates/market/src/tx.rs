//! Transactions in two steps: prepare (simulate, check the money, sign) and submit (the same bytes, once).
//!
//! The caller keeps the [`SignedTx`] before submitting it. After a crash it submits the kept one again:
//! a nonce is used up by one transaction only, so it cannot happen twice. Submit an account's transaction
//! before preparing its next one, or both get the same nonce.

use crate::{
    Chain, Error, Keys, Result, Revert, Wei,
    chain::{network, refused},
};
use alloy::{
    consensus::{SignableTransaction, Transaction as _, TxEip1559, TxEnvelope},
    eips::{BlockNumberOrTag, Encodable2718},
    primitives::{Address, B256, Bytes, TxKind, U256},
    providers::Provider,
    rpc::types::{Log, TransactionReceipt, TransactionRequest},
    sol_types::SolEvent,
    transports::TransportError,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long [`Chain::submit`] waits for a block before it answers [`Error::Pending`]: the sum of these.
const WAITS_MS: [u64; 24] = {
    let mut waits = [2_000; 24];
    let mut i = 0;
    while i < 8 {
        waits[i] = 25 << (if i < 6 { i } else { 6 });
        i += 1;
    }
    waits
};

/// What to ask of a contract, or a plain payment when there is no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub to: Address,
    pub value: Wei,
    pub data: Bytes,
}

/// A signed transaction, not yet sent. Keep it before submitting it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedTx {
    /// As it goes over the wire (EIP-2718).
    pub raw: Bytes,
    pub hash: B256,
    pub chain_id: u64,
    pub from: Address,
    pub nonce: u64,
    pub to: Address,
    pub value: Wei,
    /// The most it can cost: value and all its gas at the highest accepted fee.
    pub cost: Wei,
}

/// What became of an included transaction that succeeded.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    pub hash: B256,
    pub block: u64,
    pub from: Address,
    pub gas_used: u64,
    /// What was paid for gas.
    pub fee: Wei,
    pub logs: Vec<Log>,
}

impl Receipt {
    /// The first event of this kind that `contract` emitted.
    pub fn event<E: SolEvent>(&self, contract: Address) -> Option<E> {
        let of_contract = self.logs.iter().filter(|log| log.address() == contract);
        of_contract.filter_map(|log| E::decode_log(&log.inner).ok()).map(|log| log.data).next()
    }
}

impl Chain {
    /// Simulates `call`, checks that the account can pay, and signs. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::WrongChain`], [`Error::Underfunded`] before anything is signed, [`Error::WouldRevert`] with
    /// the contract's reason, [`Error::AccountName`], [`Error::Network`].
    pub async fn prepare(&self, keys: &Keys, account: &str, call: Call) -> Result<SignedTx> {
        self.check().await?;
        let from = keys.account(account)?.address;
        let have = self.balance(from).await?;
        let (max_fee, tip) = self.fees().await?;
        let need = |gas: u64| Wei(call.value.0.saturating_add(U256::from(gas) * U256::from(max_fee)));
        let underfunded = |need| Error::Underfunded { account: from, need, have };
        if have < need(21_000) {
            return Err(underfunded(need(21_000)));
        }
        let request = TransactionRequest {
            from: Some(from),
            to: Some(TxKind::Call(call.to)),
            value: Some(call.value.0),
            input: call.data.clone().into(),
            ..TransactionRequest::default()
        };
        let estimate = self.provider().estimate_gas(request).await.map_err(refused)?;
        // Other transactions may come first and make it dearer. 16,777,216 is the cap of EIP-7825.
        let gas_limit = (estimate + estimate / 5).min((1 << 24).max(estimate));
        if have < need(gas_limit) {
            return Err(underfunded(need(gas_limit)));
        }
        let nonce = self.provider().get_transaction_count(from).pending().await.map_err(network)?;
        let tx = TxEip1559 {
            chain_id: self.chain_id(),
            nonce,
            gas_limit,
            max_fee_per_gas: max_fee,
            max_priority_fee_per_gas: tip,
            to: TxKind::Call(call.to),
            value: call.value.0,
            input: call.data,
            ..TxEip1559::default()
        };
        let signature = keys.sign(account, tx.signature_hash())?;
        let envelope = TxEnvelope::from(tx.into_signed(signature));
        Ok(SignedTx {
            raw: envelope.encoded_2718().into(),
            hash: *envelope.tx_hash(),
            chain_id: self.chain_id(),
            from,
            nonce,
            to: call.to,
            value: call.value,
            cost: need(gas_limit),
        })
    }

    /// Sends a signed transaction and waits until it is included. May be called any number of times.
    ///
    /// # Errors
    /// [`Error::Failed`] when it was included but the contract refused; [`Error::Replaced`] when another
    /// transaction took its nonce, so that this one can never happen; [`Error::Pending`] when it was sent
    /// but not yet included; [`Error::Underfunded`] or [`Error::Rejected`] when the network does not take it,
    /// [`Error::WrongChain`], [`Error::Network`].
    pub async fn submit(&self, tx: &SignedTx) -> Result<Receipt> {
        if tx.chain_id != self.chain_id() {
            return Err(Error::WrongChain { expected: tx.chain_id, found: self.chain_id() });
        }
        self.check().await?;
        if let Some(receipt) = self.receipt(tx).await? {
            return self.outcome(tx, receipt).await;
        }
        let mut sent = self.provider().send_raw_transaction(&tx.raw).await.map(|_| ());
        for wait in WAITS_MS {
            let next = self.provider().get_transaction_count(tx.from).await.map_err(network)?;
            if let Some(receipt) = self.receipt(tx).await? {
                return self.outcome(tx, receipt).await;
            }
            if next > tx.nonce {
                return Err(Error::Replaced { hash: tx.hash, nonce: tx.nonce });
            }
            if let Err(error) = sent
                && !already_known(&error)
            {
                return Err(self.not_taken(tx, error).await);
            }
            sent = Ok(());
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        Err(Error::Pending { hash: tx.hash })
    }

    /// Whether a signed transaction is included already. Sends nothing.
    ///
    /// # Errors
    /// [`Error::Network`].
    pub async fn includes(&self, tx: &SignedTx) -> Result<bool> {
        Ok(self.receipt(tx).await?.is_some())
    }

    /// The highest fee accepted per unit of gas, and the tip in it: room for the base fee to double.
    async fn fees(&self) -> Result<(u128, u128)> {
        let block = self.provider().get_block_by_number(BlockNumberOrTag::Latest).await.map_err(network)?;
        let base = block.and_then(|block| block.header.base_fee_per_gas);
        let base = u128::from(base.ok_or(Error::Answer { what: "a block without a base fee" })?);
        let tip = self.provider().get_max_priority_fee_per_gas().await.map_err(network)?;
        Ok((base.saturating_mul(2).saturating_add(tip), tip))
    }

    async fn receipt(&self, tx: &SignedTx) -> Result<Option<TransactionReceipt>> {
        self.provider().get_transaction_receipt(tx.hash).await.map_err(network)
    }

    async fn outcome(&self, tx: &SignedTx, receipt: TransactionReceipt) -> Result<Receipt> {
        if !receipt.status() {
            return Err(Error::Failed { hash: tx.hash, reason: self.why_failed(tx, &receipt).await? });
        }
        Ok(Receipt {
            hash: tx.hash,
            block: receipt.block_number.unwrap_or_default(),
            from: receipt.from,
            gas_used: receipt.gas_used,
            fee: Wei(U256::from(receipt.gas_used) * U256::from(receipt.effective_gas_price)),
            logs: receipt.logs().to_vec(),
        })
    }

    /// A receipt does not say why: the call is tried again on today's state, which nearly always agrees.
    async fn why_failed(&self, tx: &SignedTx, receipt: &TransactionReceipt) -> Result<Revert> {
        let sent = self.provider().get_transaction_by_hash(tx.hash).await.map_err(network)?;
        let Some(sent) = sent else { return Ok(Revert::Unknown(Bytes::new())) };
        if receipt.gas_used >= sent.gas_limit() {
            return Ok(Revert::OutOfGas);
        }
        let request = TransactionRequest {
            from: Some(tx.from),
            to: Some(TxKind::Call(tx.to)),
            value: Some(sent.value()),
            input: sent.input().clone().into(),
            gas: Some(sent.gas_limit()),
            ..TransactionRequest::default()
        };
        Ok(match self.provider().call(request).await.map_err(refused) {
            Err(Error::WouldRevert(reason)) => reason,
            _ => Revert::Unknown(Bytes::new()),
        })
    }

    /// Nothing was included and the network said no.
    async fn not_taken(&self, tx: &SignedTx, error: TransportError) -> Error {
        let Some(answer) = error.as_error_resp() else { return network(error) };
        if answer.message.to_lowercase().contains("insufficient funds") {
            return match self.balance(tx.from).await {
                Ok(have) => Error::Underfunded { account: tx.from, need: tx.cost, have },
                Err(error) => error,
            };
        }
        Error::Rejected { message: answer.message.chars().take(200).collect() }
    }
}

/// What nodes say (geth, anvil, Nethermind, Erigon) when they hold these very bytes already.
fn already_known(error: &TransportError) -> bool {
    error.as_error_resp().is_some_and(|answer| {
        let message = answer.message.to_lowercase();
        ["already known", "already imported", "alreadyknown", "known transaction"].iter().any(|s| message.contains(s))
    })
}
