//! The JSON-RPC methods of the practice chain.

use super::{
    BASE_FEE, CHAIN_ID, PracticeChain, TX_GAS_LIMIT,
    block::Block,
    evm::Simulation,
    ledger::{Ledger, Refused},
};
use crate::{Revert, Wei};
use alloy::{
    consensus::{Transaction as _, transaction::Recovered},
    eips::{BlockId, BlockNumberOrTag},
    primitives::{Address, B256, Bytes, TxKind, U64, U256},
    rpc::{
        json_rpc::ErrorPayload,
        types::{
            Block as RpcBlock, BlockTransactions, Filter, FilterBlockOption, Header, Log, Transaction,
            TransactionReceipt, TransactionRequest,
        },
    },
};
use revm::context::result::ExecutionResult;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json, value::to_raw_value};

type Answer = Result<Value, ErrorPayload>;

impl PracticeChain {
    /// Answers one JSON-RPC request.
    ///
    /// # Errors
    /// JSON-RPC errors with the codes and words of Ethereum nodes; a revert has code 3 and the revert data.
    pub fn request(&self, method: &str, params: &Value) -> Answer {
        let mut ledger = self.ledger();
        match method {
            "eth_chainId" => to(U64::from(CHAIN_ID)),
            "net_version" => to(CHAIN_ID.to_string()),
            "net_listening" => to(true),
            "web3_clientVersion" => to(concat!("keepsong/", env!("CARGO_PKG_VERSION"), "/practice")),
            "eth_syncing" => to(false),
            "eth_accounts" => to(Vec::<Address>::new()),
            "eth_blockNumber" => to(U64::from(ledger.height())),
            "eth_gasPrice" => to(U64::from(BASE_FEE)),
            "eth_maxPriorityFeePerGas" => to(U64::ZERO),
            "eth_feeHistory" => ledger.fee_history(params),
            "eth_getBalance" => {
                ledger.latest(params, 1)?;
                to(ledger.state.balance(arg(params, 0)?))
            }
            "eth_getTransactionCount" => {
                ledger.latest(params, 1)?;
                to(U64::from(ledger.state.nonce(arg(params, 0)?)))
            }
            "eth_getCode" => {
                ledger.latest(params, 1)?;
                to(ledger.state.code(arg(params, 0)?))
            }
            "eth_getStorageAt" => {
                ledger.latest(params, 2)?;
                to(B256::from(ledger.state.storage(arg(params, 0)?, arg(params, 1)?)))
            }
            "eth_call" => ledger.call(params),
            "eth_estimateGas" => ledger.estimate_gas(params),
            "eth_sendRawTransaction" => {
                let raw: Bytes = arg(params, 0)?;
                ledger.send(&raw).map_err(refused).and_then(to)
            }
            "eth_getTransactionReceipt" => ledger.receipt(arg(params, 0)?),
            "eth_getTransactionByHash" => ledger.transaction(arg(params, 0)?),
            "eth_getBlockByNumber" => {
                let number = ledger.number(arg(params, 0)?);
                ledger.rpc_block(Some(number), optional(params, 1)?.unwrap_or(false))
            }
            "eth_getBlockByHash" => {
                ledger.rpc_block(ledger.number_of(arg(params, 0)?), optional(params, 1)?.unwrap_or(false))
            }
            "eth_getLogs" => ledger.logs(&arg(params, 0)?),
            "keepsong_faucet" => {
                let (address, amount): (Address, U256) = (arg(params, 0)?, arg(params, 1)?);
                ledger.credit(address, Wei(amount)).map_err(|error| error_payload(-32000, error.to_string()))?;
                to(U64::from(ledger.height()))
            }
            _ => Err(error_payload(-32601, format!("the practice chain has no method {method}"))),
        }
    }
}

impl Ledger {
    fn number(&self, block: BlockNumberOrTag) -> u64 {
        match block {
            BlockNumberOrTag::Number(number) => number,
            BlockNumberOrTag::Earliest => 0,
            _ => self.height(),
        }
    }

    /// Only the latest state is kept: a question about an older one has no answer.
    fn latest(&self, params: &Value, at: usize) -> Result<(), ErrorPayload> {
        let number = match optional(params, at)? {
            None => return Ok(()),
            Some(BlockId::Number(tag)) => self.number(tag),
            Some(BlockId::Hash(hash)) => self.number_of(hash.block_hash).unwrap_or(u64::MAX),
        };
        if number == self.height() {
            return Ok(());
        }
        Err(error_payload(-32000, "the practice chain keeps only its latest state: ask for the block \"latest\""))
    }

    fn simulation(&self, params: &Value) -> Result<Simulation, ErrorPayload> {
        let request: TransactionRequest = arg(params, 0)?;
        self.latest(params, 1)?;
        let from = request.from.unwrap_or_default();
        Ok(Simulation {
            from,
            to: request.to.unwrap_or(TxKind::Create),
            value: request.value.unwrap_or_default(),
            gas: request.gas.unwrap_or(TX_GAS_LIMIT).min(TX_GAS_LIMIT),
            nonce: self.state.nonce(from),
            data: request.input.into_input().unwrap_or_default(),
        })
    }

    fn call(&self, params: &Value) -> Answer {
        let done = self.simulate(self.simulation(params)?).map_err(refused)?;
        match done {
            ExecutionResult::Success { output, .. } => to(output.into_data()),
            failed => Err(reverted(failed)),
        }
    }

    fn estimate_gas(&self, params: &Value) -> Answer {
        let gas = self.estimate(self.simulation(params)?).map_err(refused)?.map_err(reverted)?;
        to(U64::from(gas))
    }

    fn fee_history(&self, params: &Value) -> Answer {
        let count: U64 = arg(params, 0)?;
        let newest = self.number(arg(params, 1)?).min(self.height());
        let percentiles: Vec<f64> = optional(params, 2)?.unwrap_or_default();
        let oldest = (newest + 1).saturating_sub(count.to::<u64>().min(1024));
        let blocks = self.blocks(oldest, newest);
        let fee = U64::from(BASE_FEE);
        let used = blocks.iter().map(|(_, b)| b.header.gas_used as f64 / b.header.gas_limit as f64);
        Ok(json!({
            "oldestBlock": U64::from(oldest),
            "baseFeePerGas": vec![fee; blocks.len() + 1],
            "gasUsedRatio": used.collect::<Vec<_>>(),
            "reward": vec![vec![U64::ZERO; percentiles.len()]; blocks.len()],
        }))
    }

    fn receipt(&self, hash: B256) -> Answer {
        let Some((block_hash, block, tx)) = self.mined(hash) else { return Ok(Value::Null) };
        let envelope = tx.envelope().map_err(|_| ErrorPayload::internal_error())?;
        to(TransactionReceipt {
            inner: tx.receipt(&envelope, logs_of(block_hash, block)),
            transaction_hash: hash,
            transaction_index: Some(0),
            block_hash: Some(block_hash),
            block_number: Some(block.header.number),
            gas_used: tx.gas_used,
            effective_gas_price: envelope.effective_gas_price(block.header.base_fee_per_gas),
            blob_gas_used: None,
            blob_gas_price: None,
            from: tx.from,
            to: envelope.to(),
            contract_address: tx.created,
        })
    }

    fn transaction(&self, hash: B256) -> Answer {
        let Some((block_hash, block, _)) = self.mined(hash) else { return Ok(Value::Null) };
        to(rpc_transaction(block_hash, block)?)
    }

    fn rpc_block(&self, number: Option<u64>, full: bool) -> Answer {
        let Some((hash, block)) = number.and_then(|number| self.block(number)) else { return Ok(Value::Null) };
        let transactions = match &block.tx {
            _ if full => BlockTransactions::Full(rpc_transaction(*hash, block)?.into_iter().collect()),
            tx => BlockTransactions::Hashes(tx.iter().map(|tx| tx.hash).collect()),
        };
        let header = Header { hash: *hash, inner: block.header.clone(), total_difficulty: None, size: None };
        to(RpcBlock { header, uncles: Vec::new(), transactions, withdrawals: Some(Default::default()) })
    }

    fn logs(&self, filter: &Filter) -> Answer {
        let (from, to_block) = match filter.block_option {
            FilterBlockOption::Range { from_block, to_block } => (
                self.number(from_block.unwrap_or(BlockNumberOrTag::Latest)),
                self.number(to_block.unwrap_or(BlockNumberOrTag::Latest)),
            ),
            FilterBlockOption::AtBlockHash(hash) => {
                let number = self.number_of(hash).ok_or_else(|| error_payload(-32000, "unknown block"))?;
                (number, number)
            }
        };
        let blocks = self.blocks(from, to_block).iter().filter(|(_, b)| filter.matches_bloom(b.header.logs_bloom));
        let logs = blocks.flat_map(|(hash, block)| logs_of(*hash, block)).filter(|log| filter.matches(&log.inner));
        to(logs.collect::<Vec<_>>())
    }
}

fn rpc_transaction(block_hash: B256, block: &Block) -> Result<Option<Transaction>, ErrorPayload> {
    let Some(tx) = &block.tx else { return Ok(None) };
    let envelope = tx.envelope().map_err(|_| ErrorPayload::internal_error())?;
    Ok(Some(Transaction {
        effective_gas_price: Some(envelope.effective_gas_price(block.header.base_fee_per_gas)),
        inner: Recovered::new_unchecked(envelope, tx.from),
        block_hash: Some(block_hash),
        block_number: Some(block.header.number),
        transaction_index: Some(0),
        block_timestamp: Some(block.header.timestamp),
    }))
}

fn logs_of(block_hash: B256, block: &Block) -> Vec<Log> {
    let Some(tx) = &block.tx else { return Vec::new() };
    let log = |(index, log): (u64, &alloy::primitives::Log)| Log {
        inner: log.clone(),
        block_hash: Some(block_hash),
        block_number: Some(block.header.number),
        block_timestamp: Some(block.header.timestamp),
        transaction_hash: Some(tx.hash),
        transaction_index: Some(0),
        log_index: Some(index),
        removed: false,
    };
    (0..).zip(&tx.logs).map(log).collect()
}

fn to(value: impl Serialize) -> Answer {
    serde_json::to_value(value).map_err(|_| ErrorPayload::internal_error())
}

fn arg<T: DeserializeOwned>(params: &Value, at: usize) -> Result<T, ErrorPayload> {
    optional(params, at)?.ok_or_else(|| error_payload(-32602, format!("parameter {at} is missing")))
}

fn optional<T: DeserializeOwned>(params: &Value, at: usize) -> Result<Option<T>, ErrorPayload> {
    match params.get(at) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            T::deserialize(value).map(Some).map_err(|e| error_payload(-32602, format!("parameter {at}: {e}")))
        }
    }
}

fn error_payload(code: i64, message: impl Into<String>) -> ErrorPayload {
    ErrorPayload { code, message: message.into().into(), data: None }
}

fn refused(refused: Refused) -> ErrorPayload {
    let code = if matches!(refused, Refused::Undecodable) { -32602 } else { -32003 };
    error_payload(code, refused.to_string())
}

fn reverted(result: ExecutionResult) -> ErrorPayload {
    match result {
        ExecutionResult::Revert { output, .. } => ErrorPayload {
            code: 3,
            message: format!("execution reverted: {}", Revert::decode(&output)).into(),
            data: to_raw_value(&output).ok(),
        },
        ExecutionResult::Halt { reason, .. } => error_payload(-32003, format!("EVM error {reason:?}")),
        ExecutionResult::Success { .. } => ErrorPayload::internal_error(),
    }
}
