//! The practice chain itself: what it keeps, what it refuses, and how it answers.

use crate::world::{NOW, World, eth, keys};
use alloy::{
    consensus::{SignableTransaction, TxEip1559, TxEnvelope},
    eips::Encodable2718,
    primitives::{Signature, TxKind, U256, hex},
    providers::Provider,
    rpc::types::Filter,
    signers::{SignerSync, local::PrivateKeySigner},
};
use market::{
    Address, Chain, Error, Wei,
    contracts::SEAPORT,
    fulfil,
    practice::{CHAIN_ID, ChainStore, Clock, MemoryStore, PracticeChain, StoreError},
};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

fn world_on(practice: &PracticeChain) -> World {
    World { chain: Chain::practice(practice), keys: keys(), anvil: None }
}

fn fixed(now: u64) -> Clock {
    Arc::new(move || now)
}

/// All that can be asked of a chain: blocks with transactions, receipts, logs, balances.
fn everything(chain: &PracticeChain, accounts: &[Address]) -> Vec<Value> {
    let ask = |method: &str, params: Value| chain.request(method, &params).expect(method);
    let mut all = vec![ask("eth_getLogs", json!([{ "fromBlock": "earliest" }]))];
    for number in 0..=chain.height() {
        let block = ask("eth_getBlockByNumber", json!([U256::from(number), true]));
        for tx in block["transactions"].as_array().expect("transactions") {
            all.push(ask("eth_getTransactionReceipt", json!([tx["hash"]])));
        }
        all.push(block);
    }
    for account in accounts {
        all.push(ask("eth_getBalance", json!([account, "latest"])));
        all.push(ask("eth_getTransactionCount", json!([account, "latest"])));
        all.push(ask("eth_getCode", json!([account, "latest"])));
    }
    all
}

#[tokio::test]
async fn reopening_gives_the_very_same_chain() {
    let store = Arc::new(MemoryStore::default());
    let clock = Arc::new(AtomicU64::new(NOW));
    let ticking: Clock = Arc::new(move || clock.fetch_add(7, Ordering::Relaxed));
    let practice = PracticeChain::open(store.clone(), ticking).unwrap();
    let world = world_on(&practice).ready().await;
    let song = world.mint(1).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    let accounts = [world.address("creator"), world.address("seller"), world.address("buyer"), SEAPORT, song.contract];

    let before = everything(&practice, &accounts);
    let reopened = PracticeChain::open(store.clone(), fixed(NOW + 1_000_000)).unwrap();
    assert_eq!(everything(&reopened, &accounts), before);

    // And it goes on from there: contracts, storage and approvals are all in place.
    let world = world_on(&reopened);
    world.send("buyer", fulfil(&world.chain, &order).unwrap()).await;
    let after = everything(&reopened, &accounts);
    let again = PracticeChain::open(store, fixed(0)).unwrap();
    assert_eq!(everything(&again, &accounts), after);
}

#[tokio::test]
async fn a_clock_set_back_does_not_set_the_chain_back() {
    let clock = Arc::new(AtomicU64::new(NOW));
    let reading = clock.clone();
    let practice =
        PracticeChain::open(Arc::new(MemoryStore::default()), Arc::new(move || reading.load(Ordering::Relaxed)))
            .unwrap();
    clock.store(5, Ordering::Relaxed);
    practice.faucet(Address::with_last_byte(1), Wei::from(1)).unwrap();
    let block = practice.request("eth_getBlockByNumber", &json!(["latest", false])).unwrap();
    assert_eq!(block["timestamp"], json!(U256::from(NOW)));
}

#[test]
fn a_damaged_or_foreign_block_is_noticed() {
    let store = MemoryStore::default();
    let good = Arc::new(MemoryStore::default());
    let practice = PracticeChain::open(good.clone(), fixed(NOW)).unwrap();
    practice.faucet(Address::with_last_byte(1), Wei::from(5)).unwrap();
    practice.faucet(Address::with_last_byte(2), Wei::from(5)).unwrap();
    let blocks = good.load().unwrap();
    // The same gift in other words: valid JSON that was never a block of this chain.
    let forged = String::from_utf8(blocks[2].clone()).unwrap().replace("\"balance\":\"0x5\"", "\"balance\":\"0x6\"");
    assert_ne!(forged.as_bytes(), blocks[2]);
    for (height, bytes) in [&blocks[0], &blocks[1], forged.as_bytes().to_vec().as_ref()].into_iter().enumerate() {
        store.append(height as u64, bytes).unwrap();
    }
    let opened = PracticeChain::open(Arc::new(store), fixed(NOW));
    assert!(matches!(opened, Err(Error::StoreDamaged { height: 2 })), "{opened:?}");

    let cut = MemoryStore::default();
    cut.append(0, &blocks[0][..blocks[0].len() / 2]).unwrap();
    assert!(matches!(PracticeChain::open(Arc::new(cut), fixed(NOW)), Err(Error::StoreDamaged { height: 0 })));

    let gap = MemoryStore::default();
    gap.append(0, &blocks[0]).unwrap();
    gap.append(1, &blocks[2]).unwrap();
    assert!(matches!(PracticeChain::open(Arc::new(gap), fixed(NOW)), Err(Error::StoreDamaged { height: 1 })));
}

/// A disk that can be full.
#[derive(Default)]
struct Disk {
    inner: MemoryStore,
    full: AtomicBool,
    heights: Mutex<Vec<u64>>,
}

impl ChainStore for Disk {
    fn load(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.load()
    }

    fn append(&self, height: u64, block: &[u8]) -> Result<(), StoreError> {
        self.heights.lock().unwrap().push(height);
        if self.full.load(Ordering::Relaxed) {
            return Err("no space left on device".into());
        }
        self.inner.append(height, block)
    }
}

#[tokio::test]
async fn what_could_not_be_saved_has_not_happened() {
    let disk = Arc::new(Disk::default());
    let practice = PracticeChain::open(disk.clone(), fixed(NOW)).unwrap();
    let world = world_on(&practice).ready().await;
    let call = market::mint(&world.sign(world.voucher(1, 1)), world.address("seller"));
    let tx = world.chain.prepare(&world.keys, "seller", call).await.unwrap();
    let before = everything(&practice, &[world.address("seller")]);

    disk.full.store(true, Ordering::Relaxed);
    let refused = world.chain.submit(&tx).await;
    assert!(matches!(&refused, Err(Error::Rejected { message }) if message.contains("no space left")), "{refused:?}");
    let gift = practice.faucet(world.address("seller"), Wei::from(1));
    assert!(matches!(gift, Err(Error::Store(_))), "{gift:?}");
    assert_eq!(everything(&practice, &[world.address("seller")]), before);

    disk.full.store(false, Ordering::Relaxed);
    world.chain.submit(&tx).await.expect("the same bytes, once there is room");
    let heights = disk.heights.lock().unwrap();
    assert_eq!(heights[heights.len() - 3..], [practice.height(); 3], "offered thrice at one height, kept once");
}

#[test]
fn two_writers_cannot_fork_the_chain() {
    let store = Arc::new(MemoryStore::default());
    let one = PracticeChain::open(store.clone(), fixed(NOW)).unwrap();
    let two = PracticeChain::open(store, fixed(NOW)).unwrap();
    one.faucet(Address::with_last_byte(1), Wei::from(1)).unwrap();
    assert!(matches!(two.faucet(Address::with_last_byte(2), Wei::from(1)), Err(Error::Store(_))));
}

fn signed(change: impl FnOnce(&mut TxEip1559)) -> (TxEip1559, Signature) {
    let mut tx = TxEip1559 {
        chain_id: CHAIN_ID,
        nonce: 0,
        gas_limit: 21_000,
        max_fee_per_gas: 2_000_000_000,
        to: TxKind::Call(Address::with_last_byte(9)),
        value: U256::from(1),
        ..TxEip1559::default()
    };
    change(&mut tx);
    let signature = signer().sign_hash_sync(&tx.signature_hash()).unwrap();
    (tx, signature)
}

fn signer() -> PrivateKeySigner {
    PrivateKeySigner::from_slice(&[3; 32]).unwrap()
}

#[test]
fn transactions_that_do_not_fit_are_refused_and_change_nothing() {
    let practice = PracticeChain::open(Arc::new(MemoryStore::default()), fixed(NOW)).unwrap();
    practice.faucet(signer().address(), eth("1")).unwrap();
    let send = |(tx, signature): (TxEip1559, Signature)| {
        let raw = TxEnvelope::from(tx.into_signed(signature)).encoded_2718();
        practice.request("eth_sendRawTransaction", &json!([hex::encode_prefixed(raw)]))
    };
    let height = practice.height();
    let cases: [(&str, (TxEip1559, Signature)); 7] = [
        ("nonce too high", signed(|tx| tx.nonce = 1)),
        ("invalid chain id", signed(|tx| tx.chain_id = 1)),
        ("insufficient funds", signed(|tx| tx.value = eth("2").0)),
        ("exceeds the gas limit", signed(|tx| tx.gas_limit = 20_999)),
        ("greater than the cap", signed(|tx| tx.gas_limit = 16_777_217)),
        ("less than basefee", signed(|tx| tx.max_fee_per_gas = 999_999_999)),
        ("decode", {
            let (tx, s) = signed(|_| ());
            let order =
                U256::from_str_radix("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16).unwrap();
            (tx, Signature::new(s.r(), order - s.s(), !s.v()))
        }),
    ];
    for (words, tx) in cases {
        let refused = send(tx).expect_err(words);
        assert!(refused.message.contains(words), "{words}: {}", refused.message);
        assert_eq!(practice.height(), height, "{words}");
    }
    assert!(practice.request("eth_sendRawTransaction", &json!(["0x02c0"])).is_err());
    send(signed(|_| ())).unwrap();
    assert_eq!(send(signed(|_| ())).unwrap_err().message, "already known");
    let low = send(signed(|tx| tx.value = U256::from(2))).unwrap_err();
    assert!(low.message.contains("nonce too low"), "{}", low.message);
    assert_eq!(practice.height(), height + 1);
}

#[test]
fn bad_questions_get_an_answer() {
    let practice = PracticeChain::open(Arc::new(MemoryStore::default()), fixed(NOW)).unwrap();
    practice.faucet(Address::with_last_byte(1), Wei::from(1)).unwrap();
    for (method, params, code) in [
        ("eth_mine", json!([]), -32601),
        ("eth_getBalance", json!([]), -32602),
        ("eth_getBalance", json!(["0x12", "latest"]), -32602),
        ("eth_getBalance", json!([Address::ZERO, "0x0"]), -32000),
        ("eth_getBalance", json!({ "a": 1 }), -32602),
        ("eth_call", json!(null), -32602),
        ("eth_sendRawTransaction", json!(["hello"]), -32602),
        ("keepsong_faucet", json!([Address::ZERO, "0xffffffffffffffffffffffffffffffff"]), -32000),
    ] {
        assert_eq!(practice.request(method, &params).expect_err(method).code, code, "{method} {params}");
    }
    for (method, params) in [
        ("eth_getTransactionReceipt", json!([alloy::primitives::B256::ZERO])),
        ("eth_getTransactionByHash", json!([alloy::primitives::B256::ZERO])),
        ("eth_getBlockByNumber", json!(["0xffffffffffffffff", false])),
        ("eth_getBlockByHash", json!([alloy::primitives::B256::ZERO, true])),
    ] {
        assert_eq!(practice.request(method, &params).expect(method), Value::Null, "{method}");
    }
    let backwards = practice.request("eth_getLogs", &json!([{ "fromBlock": "0x9", "toBlock": "0x1" }])).unwrap();
    assert_eq!(backwards, json!([]));
}

#[tokio::test]
async fn alloy_reads_what_the_practice_chain_answers() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let provider = world.chain.provider();
    let head = provider.get_block_number().await.unwrap();
    let block = provider.get_block(head.into()).full().await.unwrap().unwrap();
    assert_eq!(block.header.hash, block.header.inner.hash_slow(), "the hash is the header's");
    let tx = block.transactions.as_transactions().unwrap()[0].clone();
    assert_eq!(provider.get_block_by_hash(block.header.hash).await.unwrap().unwrap().header, block.header);
    assert_eq!(provider.get_raw_transaction_by_hash(*tx.inner.tx_hash()).await.ok(), None, "not offered");
    let fees = provider.get_fee_history(4, head.into(), &[50.0]).await.unwrap();
    assert_eq!((fees.base_fee_per_gas.len(), fees.oldest_block), (5, head - 3));
    assert_eq!(provider.get_gas_price().await.unwrap(), 1_000_000_000);
    assert!(provider.estimate_eip1559_fees().await.unwrap().max_fee_per_gas >= 2_000_000_000);

    let of_song = Filter::new().from_block(0).address(song.contract);
    assert_eq!(provider.get_logs(&of_song).await.unwrap().len(), 2, "Minted and Transfer");
    assert_eq!(provider.get_logs(&of_song.clone().event("Transfer(address,address,uint256)")).await.unwrap().len(), 1);
    assert_eq!(provider.get_logs(&Filter::new().from_block(0).address(SEAPORT)).await.unwrap().len(), 0);
    assert_eq!(provider.get_logs(&Filter::new().at_block_hash(block.header.hash)).await.unwrap().len(), 2);

    let mut batch = alloy::rpc::client::BatchRequest::new(provider.client());
    let one = batch.add_call::<_, U256>("eth_chainId", &()).unwrap();
    let two = batch.add_call::<_, U256>("eth_blockNumber", &()).unwrap();
    batch.send().await.unwrap();
    assert_eq!((one.await.unwrap(), two.await.unwrap()), (U256::from(CHAIN_ID), U256::from(head)));
}
