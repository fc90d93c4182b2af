//! How fast the practice chain opens, mints and sells.

use alloy::primitives::B256;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use market::{
    BasisPoints, Chain, Keys, ListingRequest, U256, Voucher, Wei, approve, deploy_song_edition, fulfil, listing, mint,
    minted,
    practice::{ChainStore, MemoryStore, PracticeChain},
};
use std::sync::Arc;
use tokio::runtime::Runtime;

const LATER: u64 = 4_000_000_000;

struct Shop {
    chain: Chain,
    keys: Keys,
    store: Arc<MemoryStore>,
    next: u64,
}

impl Shop {
    async fn open() -> Self {
        let store = Arc::new(MemoryStore::default());
        let practice = PracticeChain::open(store.clone(), Arc::new(|| 1_790_000_000)).expect("a chain");
        let shop =
            Self { chain: Chain::practice(&practice), keys: Keys::from_seed(B256::repeat_byte(1)), store, next: 0 };
        for name in ["creator", "seller", "buyer"] {
            let address = shop.keys.account(name).expect("an account").address;
            shop.chain.faucet(address, Wei::from_eth("1000").expect("an amount")).await.expect("money");
        }
        let tx = deploy_song_edition(&shop.chain, &shop.keys, "creator").await.expect("prepared").expect("new");
        shop.chain.submit(&tx).await.expect("deployed");
        shop
    }

    /// Prepares (simulates and signs) and submits.
    async fn send(&self, name: &str, call: market::Call) -> market::Receipt {
        let tx = self.chain.prepare(&self.keys, name, call).await.expect("prepared");
        self.chain.submit(&tx).await.expect("included")
    }

    async fn mint(&mut self) -> U256 {
        self.next += 1;
        let address = |name| self.keys.account(name).expect("an account").address;
        let voucher = Voucher {
            creator: address("creator"),
            song_id: B256::from(U256::from(self.next)),
            uri: "ipfs://bafy".into(),
            provenance: B256::ZERO,
            price: Wei::ZERO,
            max_editions: 1,
            deadline: LATER,
            payout: address("creator"),
            royalty: BasisPoints::new(500).expect("a share"),
            recipient: None,
            nonce: U256::from(self.next),
        };
        let voucher = voucher.sign(&self.keys, "creator", &self.chain).expect("signed");
        let receipt = self.send("seller", mint(&voucher, address("seller"))).await;
        minted(&receipt, voucher.contract).expect("a mint").token_id
    }

    async fn list(&mut self) -> market::SignedOrder {
        let token_id = self.mint().await;
        let contract = self.chain.addresses().song_edition;
        self.send("seller", approve(contract, token_id)).await;
        let price = Wei::from_eth("0.01").expect("an amount");
        let request = ListingRequest { contract, token_id, price, start: 0, end: LATER, salt: U256::ZERO };
        listing(&self.chain, &self.keys, "seller", request).await.expect("listed")
    }
}

fn chain(c: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let clock: market::practice::Clock = Arc::new(|| 1_790_000_000);

    c.bench_function("open a new chain", |b| {
        b.iter(|| PracticeChain::open(Arc::new(MemoryStore::default()), clock.clone()).expect("a chain"));
    });

    let mut shop = runtime.block_on(Shop::open());
    c.bench_function("mint (sign voucher, prepare, submit)", |b| b.iter(|| runtime.block_on(shop.mint())));

    let shop = std::cell::RefCell::new(runtime.block_on(Shop::open()));
    c.bench_function("buy (prepare, submit)", |b| {
        b.iter_batched(
            || runtime.block_on(shop.borrow_mut().list()),
            |order| {
                let shop = shop.borrow();
                runtime.block_on(shop.send("buyer", fulfil(&shop.chain, &order).expect("a plain order")))
            },
            BatchSize::SmallInput,
        );
    });

    let blocks = shop.borrow().store.load().expect("blocks");
    let store = Arc::new(MemoryStore::default());
    for (height, block) in (0..).zip(blocks.iter().take(300)) {
        store.append(height, block).expect("kept");
    }
    c.bench_function("reopen a chain of 300 blocks", |b| {
        b.iter(|| PracticeChain::open(store.clone(), clock.clone()).expect("a chain"));
    });
}

criterion_group!(benches, chain);
criterion_main!(benches);
