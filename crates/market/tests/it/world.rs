//! A chain with funded accounts, and the steps of the main job on it.

use crate::anvil::Anvil;
use market::{
    Address, B256, BasisPoints, Call, Chain, Keys, ListingRequest, Minted, Receipt, SignedOrder, SignedVoucher, U256,
    Voucher, Wei, approve, deploy_song_edition, listing, mint, minted,
    practice::{MemoryStore, PracticeChain},
};
use std::sync::Arc;

pub const NOW: u64 = 1_790_000_000;
/// After any test's present, on anvil too.
pub const LATER: u64 = 4_000_000_000;

pub struct World {
    pub chain: Chain,
    pub keys: Keys,
    pub anvil: Option<Anvil>,
}

pub fn keys() -> Keys {
    Keys::from_seed(B256::repeat_byte(7))
}

pub fn practice_chain() -> PracticeChain {
    PracticeChain::open(Arc::new(MemoryStore::default()), Arc::new(|| NOW)).expect("a practice chain")
}

pub fn eth(text: &str) -> Wei {
    Wei::from_eth(text).expect("an amount")
}

impl World {
    pub fn practice() -> Self {
        Self { chain: Chain::practice(&practice_chain()), keys: keys(), anvil: None }
    }

    pub async fn anvil() -> Self {
        let anvil = Anvil::start().await;
        let chain = Chain::rpc(&anvil.url, market::practice::CHAIN_ID).await.expect("anvil answers");
        Self { chain, keys: keys(), anvil: Some(anvil) }
    }

    /// Ten ETH for each, and the song contract in place.
    pub async fn ready(self) -> Self {
        for name in ["creator", "seller", "buyer"] {
            self.fund(name, eth("10")).await;
        }
        if let Some(tx) = deploy_song_edition(&self.chain, &self.keys, "creator").await.expect("prepared") {
            self.chain.submit(&tx).await.expect("deployed");
        }
        self
    }

    pub async fn fund(&self, name: &str, amount: Wei) {
        let address = self.address(name);
        match &self.anvil {
            None => self.chain.faucet(address, amount).await.expect("practice money"),
            Some(anvil) => anvil.set_balance(address, self.balance(name).await.0 + amount.0).await,
        }
    }

    pub fn address(&self, name: &str) -> Address {
        self.keys.account(name).expect("an account").address
    }

    pub async fn balance(&self, name: &str) -> Wei {
        self.chain.balance(self.address(name)).await.expect("a balance")
    }

    pub async fn send(&self, name: &str, call: Call) -> Receipt {
        let tx = self.chain.prepare(&self.keys, name, call).await.expect("prepared");
        self.chain.submit(&tx).await.expect("included")
    }

    pub fn voucher(&self, nonce: u64, max_editions: u32) -> Voucher {
        Voucher {
            creator: self.address("creator"),
            song_id: B256::repeat_byte(0x51),
            uri: "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy".into(),
            provenance: B256::repeat_byte(0x92),
            price: Wei::ZERO,
            max_editions,
            deadline: LATER,
            payout: self.address("creator"),
            royalty: BasisPoints::new(500).expect("a share"),
            recipient: Some(self.address("seller")),
            nonce: U256::from(nonce),
        }
    }

    pub fn sign(&self, voucher: Voucher) -> SignedVoucher {
        voucher.sign(&self.keys, "creator", &self.chain).expect("signed")
    }

    pub async fn mint(&self, nonce: u64) -> Minted {
        let voucher = self.sign(self.voucher(nonce, 1));
        let receipt = self.send("seller", mint(&voucher, self.address("seller"))).await;
        minted(&receipt, voucher.contract).expect("a mint")
    }

    pub fn request(&self, token_id: U256, price: Wei) -> ListingRequest {
        let contract = self.chain.addresses().song_edition;
        ListingRequest { contract, token_id, price, start: NOW - 1000, end: LATER, salt: U256::from(1) }
    }

    /// Approves and lists.
    pub async fn list(&self, token_id: U256, price: Wei) -> SignedOrder {
        self.send("seller", approve(self.chain.addresses().song_edition, token_id)).await;
        listing(&self.chain, &self.keys, "seller", self.request(token_id, price)).await.expect("listed")
    }
}
