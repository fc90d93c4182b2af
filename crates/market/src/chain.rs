//! One handle for any chain: the practice chain or a real one behind an RPC address.

use crate::{
    Error, Result, Revert, Wei,
    contracts::{SEAPORT, song_edition_address},
    practice::{CHAIN_ID, PracticeChain},
};
use alloy::{
    primitives::{Address, Bytes},
    providers::{DynProvider, Provider, ProviderBuilder},
    rpc::{client::RpcClient, types::TransactionRequest},
    sol_types::SolCall,
    transports::{RpcError, TransportError},
};

/// Where the contracts are: the same on every chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    pub seaport: Address,
    /// Holds code once [`crate::deploy_song_edition`] has been submitted there.
    pub song_edition: Address,
}

/// A connection to a chain whose id has been checked.
#[derive(Debug, Clone)]
pub struct Chain {
    provider: DynProvider,
    chain_id: u64,
    addresses: Addresses,
    practice: Option<PracticeChain>,
}

impl Chain {
    pub fn practice(practice: &PracticeChain) -> Self {
        let provider = ProviderBuilder::default().connect_client(RpcClient::new(practice.transport(), true)).erased();
        Self { provider, chain_id: CHAIN_ID, addresses: addresses(), practice: Some(practice.clone()) }
    }

    /// Connects to `url` (http or https) and checks which chain answers there.
    ///
    /// # Errors
    /// [`Error::Url`], [`Error::Network`], [`Error::WrongChain`].
    pub async fn rpc(url: &str, expected: u64) -> Result<Self> {
        let wrong = || Error::Url { url: url.chars().take(200).collect() };
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            return Err(wrong());
        }
        let provider = ProviderBuilder::default().connect_http(url.parse().map_err(|_| wrong())?).erased();
        let chain = Self { provider, chain_id: expected, addresses: addresses(), practice: None };
        chain.check().await?;
        Ok(chain)
    }

    pub fn provider(&self) -> &DynProvider {
        &self.provider
    }

    pub fn chain_id(&self) -> u64 {
        self.chain_id
    }

    pub fn addresses(&self) -> Addresses {
        self.addresses
    }

    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }

    /// # Errors
    /// [`Error::Network`].
    pub async fn balance(&self, account: Address) -> Result<Wei> {
        Ok(Wei(self.provider.get_balance(account).await.map_err(network)?))
    }

    /// Gives practice money.
    ///
    /// # Errors
    /// [`Error::NoFaucet`] on a real chain, [`Error::FaucetLimit`], [`Error::Store`].
    pub async fn faucet(&self, account: Address, amount: Wei) -> Result<()> {
        self.practice.as_ref().ok_or(Error::NoFaucet)?.faucet(account, amount)
    }

    /// Whether a contract stands at `address`.
    ///
    /// # Errors
    /// [`Error::Network`].
    pub async fn has_code(&self, address: Address) -> Result<bool> {
        Ok(!self.provider.get_code_at(address).await.map_err(network)?.is_empty())
    }

    /// Calls a view function.
    ///
    /// # Errors
    /// [`Error::WouldRevert`], [`Error::NoContract`] where nothing answers, [`Error::Network`].
    pub(crate) async fn read<C: SolCall>(&self, contract: Address, call: C) -> Result<C::Return> {
        let request = TransactionRequest::default().to(contract).input(Bytes::from(call.abi_encode()).into());
        let data = self.provider.call(request).await.map_err(refused)?;
        C::abi_decode_returns(&data).map_err(|_| match data.is_empty() {
            true => Error::NoContract { address: contract },
            false => Error::Answer { what: C::SIGNATURE },
        })
    }

    /// Asks the other end again which chain it is: it may have been switched since.
    pub(crate) async fn check(&self) -> Result<()> {
        let found = self.provider.get_chain_id().await.map_err(network)?;
        if found == self.chain_id { Ok(()) } else { Err(Error::WrongChain { expected: self.chain_id, found }) }
    }
}

fn addresses() -> Addresses {
    Addresses { seaport: SEAPORT, song_edition: song_edition_address() }
}

/// A failed question.
pub(crate) fn network(error: TransportError) -> Error {
    let message = match &error {
        RpcError::ErrorResp(answer) => answer.message.to_string(),
        other => other.to_string(),
    };
    Error::Network { message: message.chars().take(200).collect() }
}

/// A failed call or estimate: the contract's reason when there is one.
pub(crate) fn refused(error: TransportError) -> Error {
    match error.as_error_resp() {
        Some(answer) if answer.code == 3 || answer.message.contains("revert") => {
            Error::WouldRevert(Revert::decode(&answer.as_revert_data().unwrap_or_default()))
        }
        Some(answer) if answer.message.contains("OutOfGas") => Error::WouldRevert(Revert::OutOfGas),
        Some(answer) => Error::Rejected { message: answer.message.chars().take(200).collect() },
        None => network(error),
    }
}
