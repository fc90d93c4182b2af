//! One execution by revm under the practice chain's rules.

use super::{BASE_FEE, BLOCK_GAS_LIMIT, CHAIN_ID, state::State};
use alloy::{
    consensus::{Transaction, TxEnvelope},
    primitives::{Address, B256, Bytes, TxKind, U256},
};
use revm::{
    Context, ExecuteEvm, MainBuilder, MainContext,
    context::{
        BlockEnv, TxEnv,
        result::{EVMError, InvalidTransaction, ResultAndState},
    },
    database_interface::WrapDatabaseRef,
    primitives::hardfork::SpecId,
};
use std::convert::Infallible;

/// Where in the chain an execution happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub number: u64,
    pub timestamp: u64,
    /// Also the block's randomness.
    pub parent_hash: B256,
    /// 0 in simulations, so that they need no money for gas.
    pub base_fee: u64,
}

/// What a simulation runs.
#[derive(Debug, Clone)]
pub(super) struct Simulation {
    pub from: Address,
    pub to: TxKind,
    pub value: U256,
    pub data: Bytes,
    pub gas: u64,
    pub nonce: u64,
}

impl Place {
    pub fn simulated(self) -> Self {
        Self { base_fee: 0, ..self }
    }

    pub fn at(number: u64, timestamp: u64, parent_hash: B256) -> Self {
        Self { number, timestamp, parent_hash, base_fee: BASE_FEE }
    }
}

/// Executes without changing `state`.
///
/// # Errors
/// Why the transaction may not be included at all.
pub(super) fn execute(state: &State, place: Place, tx: TxEnv) -> Result<ResultAndState, InvalidTransaction> {
    let block = BlockEnv {
        number: U256::from(place.number),
        timestamp: U256::from(place.timestamp),
        gas_limit: BLOCK_GAS_LIMIT,
        basefee: place.base_fee,
        prevrandao: Some(place.parent_hash),
        ..BlockEnv::default()
    };
    let mut evm = Context::mainnet()
        .with_db(WrapDatabaseRef(state))
        .with_block(block)
        .modify_cfg_chained(|cfg| {
            cfg.set_spec_and_mainnet_gas_params(SpecId::OSAKA);
            cfg.chain_id = CHAIN_ID;
        })
        .build_mainnet();
    evm.transact(tx).map_err(|error: EVMError<Infallible>| match error {
        EVMError::Transaction(invalid) => invalid,
        other => InvalidTransaction::Str(other.to_string().into()),
    })
}

/// A signed transaction as revm takes it.
pub(super) fn signed(tx: &TxEnvelope, from: Address) -> Result<TxEnv, InvalidTransaction> {
    build(
        TxEnv::builder()
            .tx_type(Some(tx.tx_type() as u8))
            .caller(from)
            .gas_limit(tx.gas_limit())
            .gas_price(tx.max_fee_per_gas())
            .gas_priority_fee(tx.max_priority_fee_per_gas())
            .kind(tx.kind())
            .value(tx.value())
            .data(tx.input().clone())
            .nonce(tx.nonce())
            .chain_id(tx.chain_id())
            .access_list(tx.access_list().cloned().unwrap_or_default()),
    )
}

/// A call or an estimate as revm takes it.
pub(super) fn simulated(call: Simulation) -> Result<TxEnv, InvalidTransaction> {
    build(
        TxEnv::builder()
            .tx_type(Some(0))
            .caller(call.from)
            .gas_limit(call.gas)
            .gas_price(0)
            .kind(call.to)
            .value(call.value)
            .data(call.data)
            .nonce(call.nonce)
            .chain_id(Some(CHAIN_ID)),
    )
}

fn build(tx: revm::context::tx::TxEnvBuilder) -> Result<TxEnv, InvalidTransaction> {
    tx.build().map_err(|error| InvalidTransaction::Str(format!("{error:?}").into()))
}
