//! Accounts, code and storage, and the changes a block makes to them.

use alloy::primitives::{Address, B256, Bytes, Keccak256, U256, map::HashMap};
use revm::{
    DatabaseRef,
    primitives::KECCAK_EMPTY,
    state::{AccountInfo, Bytecode, EvmState},
};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Account {
    balance: U256,
    nonce: u64,
    code_hash: B256,
    storage: HashMap<U256, U256>,
}

impl Default for Account {
    fn default() -> Self {
        Self { balance: U256::ZERO, nonce: 0, code_hash: KECCAK_EMPTY, storage: HashMap::default() }
    }
}

/// The latest state of the chain.
#[derive(Debug, Default)]
pub(super) struct State {
    accounts: HashMap<Address, Account>,
    code: HashMap<B256, Bytecode>,
    /// Hash of block `i` at index `i`, for the BLOCKHASH instruction.
    block_hashes: Vec<B256>,
}

/// All a block changes, sorted by address and slot.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Diff(pub Vec<AccountDiff>);

/// An account after a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AccountDiff {
    pub address: Address,
    /// The account is gone; the rest is empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
    pub balance: U256,
    pub nonce: u64,
    /// Only when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Bytes>,
    /// Changed slots and their new values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storage: Vec<(U256, U256)>,
}

impl State {
    pub fn balance(&self, address: Address) -> U256 {
        self.accounts.get(&address).map_or(U256::ZERO, |a| a.balance)
    }

    pub fn nonce(&self, address: Address) -> u64 {
        self.accounts.get(&address).map_or(0, |a| a.nonce)
    }

    pub fn storage(&self, address: Address, slot: U256) -> U256 {
        self.accounts.get(&address).and_then(|a| a.storage.get(&slot)).copied().unwrap_or_default()
    }

    pub fn code(&self, address: Address) -> Bytes {
        let hash = self.accounts.get(&address).map_or(KECCAK_EMPTY, |a| a.code_hash);
        self.code.get(&hash).map(Bytecode::original_bytes).unwrap_or_default()
    }

    /// What an execution changed, compared with this state.
    pub fn diff(&self, changes: &EvmState) -> Diff {
        let touched = changes.iter().filter(|(_, account)| account.is_touched());
        let mut diff: Vec<_> = touched.filter_map(|(&address, account)| self.account_diff(address, account)).collect();
        diff.sort_by_key(|account| account.address);
        Diff(diff)
    }

    fn account_diff(&self, address: Address, account: &revm::state::Account) -> Option<AccountDiff> {
        let before = self.accounts.get(&address);
        let info = &account.info;
        if account.is_selfdestructed() || info.is_empty() {
            before?;
            return Some(AccountDiff {
                address,
                removed: true,
                balance: U256::ZERO,
                nonce: 0,
                code: None,
                storage: Vec::new(),
            });
        }
        let code_before = before.map_or(KECCAK_EMPTY, |a| a.code_hash);
        let code = (info.code_hash != code_before)
            .then(|| info.code.as_ref().map(Bytecode::original_bytes).unwrap_or_default());
        let mut storage: Vec<_> = account
            .storage
            .iter()
            .filter(|(_, slot)| slot.is_changed())
            .map(|(&key, slot)| (key, slot.present_value()))
            .collect();
        storage.sort();
        let same = before.is_some_and(|a| a.balance == info.balance && a.nonce == info.nonce);
        let changed = !same || code.is_some() || !storage.is_empty();
        let (balance, nonce) = (info.balance, info.nonce);
        changed.then_some(AccountDiff { address, removed: false, balance, nonce, code, storage })
    }

    /// Makes the changes of the next block, whose hash is `block`.
    pub fn apply(&mut self, diff: Diff, block: B256) {
        for change in diff.0 {
            if change.removed {
                self.accounts.remove(&change.address);
                continue;
            }
            let account = self.accounts.entry(change.address).or_default();
            account.balance = change.balance;
            account.nonce = change.nonce;
            if let Some(code) = change.code {
                let code = Bytecode::new_raw(code);
                account.code_hash = code.hash_slow();
                self.code.insert(account.code_hash, code);
            }
            for (slot, value) in change.storage {
                if value.is_zero() {
                    account.storage.remove(&slot);
                } else {
                    account.storage.insert(slot, value);
                }
            }
        }
        self.block_hashes.push(block);
    }
}

impl Diff {
    /// A hash of all changes, folded onto the digest of the blocks before.
    pub fn digest(&self, before: B256) -> B256 {
        let mut hash = Keccak256::new();
        hash.update(before);
        for account in &self.0 {
            hash.update(account.address);
            hash.update([account.removed.into(), account.code.is_some().into()]);
            hash.update(account.balance.to_be_bytes::<32>());
            hash.update(account.nonce.to_be_bytes());
            if let Some(code) = &account.code {
                hash.update((code.len() as u64).to_be_bytes());
                hash.update(code);
            }
            hash.update((account.storage.len() as u64).to_be_bytes());
            for (slot, value) in &account.storage {
                hash.update(slot.to_be_bytes::<32>());
                hash.update(value.to_be_bytes::<32>());
            }
        }
        hash.finalize()
    }
}

impl DatabaseRef for State {
    type Error = Infallible;

    fn basic_ref(&self, address: Address) -> Result<Option<AccountInfo>, Infallible> {
        Ok(self.accounts.get(&address).map(|account| AccountInfo {
            balance: account.balance,
            nonce: account.nonce,
            code_hash: account.code_hash,
            code: Some(self.code.get(&account.code_hash).cloned().unwrap_or_default()),
            ..AccountInfo::default()
        }))
    }

    fn code_by_hash_ref(&self, code_hash: B256) -> Result<Bytecode, Infallible> {
        Ok(self.code.get(&code_hash).cloned().unwrap_or_default())
    }

    fn storage_ref(&self, address: Address, index: U256) -> Result<U256, Infallible> {
        Ok(self.storage(address, index))
    }

    fn block_hash_ref(&self, number: u64) -> Result<B256, Infallible> {
        let hash = usize::try_from(number).ok().and_then(|number| self.block_hashes.get(number));
        Ok(hash.copied().unwrap_or_default())
    }
}
