//! The practice chain of a home: three accounts with money that is not money.

use std::future::Future;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use library::Library;
use market::practice::{ChainStore, PracticeChain, StoreError};
use market::{Account, Address, Chain, Keys, Wei};
use tokio::runtime::{Builder, Runtime};

use crate::error::Result;
use crate::home::Home;
use crate::types::{ApiError, ErrorCode};

/// The account that makes and mints songs.
pub const YOU: &str = "you";
/// An account to sell to and to buy from.
pub const FRIEND: &str = "friend";
/// A second one, so that a resale pays a royalty.
pub const STRANGER: &str = "stranger";

const ACCOUNTS: [&str; 3] = [YOU, FRIEND, STRANGER];
/// What each account starts with and what the faucet gives.
const GIFT: &str = "10";

pub(crate) struct Practice {
    pub chain: Chain,
    pub keys: Keys,
    accounts: [Account; 3],
    runtime: Runtime,
}

impl Practice {
    pub fn open(home: &Home, library: Library) -> Result<Self> {
        let keys = Keys::open_or_create(&home.practice_wallet())?;
        let practice = PracticeChain::open(Arc::new(Blocks(library.clone())), Arc::new(unix_seconds))?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("keepsong-chain")
            .enable_all()
            .build()
            .map_err(|error| ApiError::from_io(&error, "cannot start the practice chain"))?;
        let [you, friend, stranger] = ACCOUNTS.map(|name| keys.account(name));
        let opened = Self { chain: Chain::practice(&practice), keys, accounts: [you?, friend?, stranger?], runtime };
        if library.setting::<bool>("practice_funded")?.is_none() {
            for account in &opened.accounts {
                if opened.balance(account.address)? == Wei::ZERO {
                    opened.give(account.address)?;
                }
            }
            library.set_setting("practice_funded", &true)?;
        }
        Ok(opened)
    }

    /// Runs a question to the chain to its end on this thread.
    pub fn wait<T>(&self, question: impl Future<Output = market::Result<T>>) -> Result<T> {
        Ok(self.wait_raw(question)?)
    }

    /// As [`Practice::wait`], with the market's own error to act upon.
    pub fn wait_raw<T>(&self, question: impl Future<Output = market::Result<T>>) -> market::Result<T> {
        self.runtime.block_on(question)
    }

    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// # Errors
    /// `BadInput` when there is no account of that name.
    pub fn account(&self, name: &str) -> Result<&Account> {
        self.accounts.iter().find(|account| account.name == name).ok_or_else(|| {
            ApiError::bad_input(format!(
                "there is no practice account “{name}”; choose one of: {}",
                ACCOUNTS.join(", ")
            ))
        })
    }

    /// The name of an address, if it is one of ours.
    pub fn name_of(&self, address: Address) -> Option<&str> {
        self.accounts.iter().find(|account| account.address == address).map(|account| account.name.as_str())
    }

    pub fn balance(&self, address: Address) -> Result<Wei> {
        self.wait(self.chain.balance(address))
    }

    pub fn give(&self, address: Address) -> Result<()> {
        self.wait(self.chain.faucet(address, Wei::from_eth(GIFT)?))
    }
}

/// Unix time in seconds, as the chain counts it.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The chain's blocks in the catalogue.
struct Blocks(Library);

impl ChainStore for Blocks {
    fn load(&self) -> std::result::Result<Vec<Vec<u8>>, StoreError> {
        Ok(self.0.chain_blocks()?)
    }

    fn append(&self, height: u64, block: &[u8]) -> std::result::Result<(), StoreError> {
        Ok(self.0.append_chain_block(height, block)?)
    }
}

impl From<market::Error> for ApiError {
    fn from(error: market::Error) -> Self {
        use market::Error;
        let code = match &error {
            Error::Amount { .. }
            | Error::Share { .. }
            | Error::PriceZero
            | Error::PriceTooHigh { .. }
            | Error::RoyaltyTooHigh { .. }
            | Error::AccountName { .. } => ErrorCode::BadInput,
            Error::Underfunded { .. } => ErrorCode::Underfunded,
            Error::WrongChain { .. } => ErrorCode::WrongChain,
            Error::NotOwner { .. } | Error::Pending { .. } => ErrorCode::NotReady,
            Error::WalletDamaged { .. } | Error::WalletExposed { .. } | Error::StoreDamaged { .. } => {
                ErrorCode::Damaged
            }
            Error::WalletFile { .. } | Error::Store(_) | Error::Network { .. } => ErrorCode::Io,
            _ => ErrorCode::Rejected,
        };
        Self::new(code, error.to_string())
    }
}
