//! What can go wrong, in words that say what to do next.

use crate::{Revert, Wei, practice::StoreError};
use alloy::primitives::{Address, B256, U256};
use std::path::PathBuf;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("\"{text}\" is not an amount: write it like 0.01, with at most 18 decimals")]
    Amount { text: String },
    #[error("\"{text}\" is not a share: write a percentage from 0% to 100%, such as 5% or 2.5%")]
    Share { text: String },
    #[error("the price is 0: set a price above 0, or give the song away as a gift")]
    PriceZero,
    #[error("the price of {price} wei is too high: the highest possible price is {max} wei", max = Wei::MAX_PRICE)]
    PriceTooHigh { price: Wei },
    #[error("the royalty of {royalty} wei is not below the price of {price} wei: raise the price")]
    RoyaltyTooHigh { royalty: Wei, price: Wei },

    #[error("this needs {} ETH but {account} holds {} ETH: add funds and try again", need.to_eth(), have.to_eth())]
    Underfunded { account: Address, need: Wei, have: Wei },
    #[error("connected to chain {found} where chain {expected} was expected: choose the right network in Settings")]
    WrongChain { expected: u64, found: u64 },
    #[error("only the practice chain gives away money: on a real network, send funds to the account")]
    NoFaucet,
    #[error("the faucet gives at most {} practice ETH at a time: ask for less", max.to_eth())]
    FaucetLimit { max: Wei },

    #[error("the network would refuse this: {0}")]
    WouldRevert(#[source] Revert),
    #[error("transaction {hash} was included but failed: {reason}; only its fee was spent")]
    Failed { hash: B256, reason: Revert },
    #[error(
        "transaction {hash} can never be included, because another one took its place (number {nonce}): start the step again"
    )]
    Replaced { hash: B256, nonce: u64 },
    #[error("transaction {hash} has been sent but is not yet included: wait and look again, and do not send another")]
    Pending { hash: B256 },
    #[error("the network did not accept the transaction: {message}; check the account and try again")]
    Rejected { message: String },
    #[error("could not reach the network: {message}; check the connection and try again")]
    Network { message: String },
    #[error("\"{url}\" is not the address of a network: it should look like https://example.org/rpc")]
    Url { url: String },
    #[error("the network answered something unexpected ({what}): try again, or choose another RPC address in Settings")]
    Answer { what: &'static str },
    #[error("{address} holds no contract on this network: check the address and the network")]
    NoContract { address: Address },
    #[error(
        "contracts cannot be installed here: the standard factory {factory} is missing on chain {chain_id}; choose another network"
    )]
    NoFactory { factory: Address, chain_id: u64 },

    #[error("the song's {field} is not valid: {rule}")]
    Voucher { field: &'static str, rule: &'static str },
    #[error("this order is not a plain sale of one song for ETH ({why}): do not buy it")]
    UnknownOrder { why: &'static str },
    #[error("the order is not signed by the seller {seller}: do not buy it")]
    OrderSignature { seller: Address },
    #[error("the sale would end before it starts: choose a later end")]
    SaleTimes,
    #[error("song {token_id} belongs to {owner}, not to {seller}: only the owner can list it")]
    NotOwner { token_id: U256, owner: Address, seller: Address },

    #[error("there is no account \"{name}\": an account name has 1 to 40 letters, digits or dashes")]
    AccountName { name: String },
    #[error("there is already a wallet at {}: open it, or choose another place", path.display())]
    WalletExists { path: PathBuf },
    #[error("there is no wallet at {}: create one first", path.display())]
    WalletMissing { path: PathBuf },
    #[error("the wallet file {} is damaged: restore it from a backup; do not create a new one in its place", path.display())]
    WalletDamaged { path: PathBuf },
    #[error("the wallet file {} can be read by other users: make it private (chmod 600) and try again", path.display())]
    WalletExposed { path: PathBuf },
    #[error("could not read or write the wallet file {}: {source}", path.display())]
    WalletFile { path: PathBuf, source: std::io::Error },
    #[error("this system gave no random numbers, so no safe key can be made: restart it and try again")]
    Randomness,
    #[error("could not sign: the wallet's key is not usable; restore the wallet from a backup")]
    Signing,

    #[error("the practice chain could not be saved or read: {0}; free some disk space and try again")]
    Store(#[source] StoreError),
    #[error("block {height} of the practice chain is damaged: restore the library from a backup")]
    StoreDamaged { height: u64 },
    #[error("the built-in contract {name} does not run: reinstall Keepsong")]
    Genesis { name: &'static str },
}
