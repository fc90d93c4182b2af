//! The practice chain against anvil: the same signed bytes, the same outcome to the last log and wei.

use crate::{
    anvil::Anvil,
    world::{LATER, eth, practice_chain},
};
use alloy::{
    consensus::{SignableTransaction, TxEip1559, TxEip2930, TxEnvelope, TxLegacy, TxReceipt},
    eips::Encodable2718,
    primitives::{TxKind, hex, keccak256},
    providers::Provider,
    rpc::types::{TransactionReceipt, TransactionRequest},
    signers::{SignerSync, local::PrivateKeySigner},
    sol_types::{SolCall, SolStruct},
};
use market::{
    Address, B256, BasisPoints, Bytes, Chain, SignedOrder, SignedVoucher, U256, Voucher, Wei, approve, cancel,
    contracts::{
        CONDUIT_CONTROLLER, FACTORY, SEAPORT, SEAPORT_FACTORY, SONG_EDITION_INIT, Seaport, SongEdition, deployment,
        seaport_domain, song_edition_address,
    },
    fulfil, mint,
    practice::{BASE_FEE, CHAIN_ID, PracticeChain},
};
use serde_json::json;
use std::time::Duration;

const STEPS: usize = 120;

#[tokio::test]
async fn random_transactions_have_the_same_outcome_as_on_anvil() {
    let mut seen = [0usize; 3];
    for seed in [1, 2, 3, 4] {
        let mut twins = Twins::start(seed).await;
        for step in 0..STEPS {
            let (what, tx) = twins.random_step();
            let outcome = twins.send(&tx, &format!("seed {seed}, step {step}, {what}")).await;
            seen[outcome as usize] += 1;
        }
        twins.compare_everything().await;
    }
    // All three happen often, or the comparison would be hollow.
    assert!(seen.iter().all(|&count| count > 20), "refused, failed, succeeded: {seen:?}");
}

#[derive(Clone, Copy)]
enum Outcome {
    Refused,
    Failed,
    Succeeded,
}

/// Both chains, the actors, and what they have made so far.
struct Twins {
    anvil: Anvil,
    practice: PracticeChain,
    chain: Chain,
    actors: Vec<PrivateKeySigner>,
    vouchers: Vec<SignedVoucher>,
    orders: Vec<SignedOrder>,
    sent: Vec<Vec<u8>>,
    random: Random,
}

impl Twins {
    async fn start(seed: u64) -> Self {
        let practice = practice_chain();
        let anvil = Anvil::start().await;
        let key = |name: &str| PrivateKeySigner::from_bytes(&keccak256(name)).expect("a key");
        let actors = ["ada", "bo", "cy"].map(key).to_vec();
        for actor in &actors {
            practice.faucet(actor.address(), eth("5")).expect("practice money");
            anvil.set_balance(actor.address(), eth("5").0).await;
        }
        anvil.set_balance(Address::ZERO, U256::ZERO).await;
        let chain = Chain::practice(&practice);
        let random = Random(seed);
        let mut twins = Self { anvil, practice, chain, actors, vouchers: vec![], orders: vec![], sent: vec![], random };
        for contract in [SEAPORT, CONDUIT_CONTROLLER, SEAPORT_FACTORY, FACTORY] {
            twins.compare_code(contract).await;
        }
        let data = deployment(B256::ZERO, SONG_EDITION_INIT);
        let deploy = twins.sign(0, Some(FACTORY), U256::ZERO, data, 5_000_000, 2);
        twins.send(&deploy, "deploy").await;
        twins.compare_code(song_edition_address()).await;
        twins
    }

    /// Sends the same bytes to both and compares acceptance, receipt, balances and nonces.
    async fn send(&mut self, raw: &[u8], what: &str) -> Outcome {
        self.anvil.request("anvil_setNextBlockBaseFeePerGas", json!([U256::from(BASE_FEE)])).await;
        let height = self.anvil.provider.get_block_number().await.unwrap();
        let ours = self.chain.provider().send_raw_transaction(raw).await;
        let theirs = self.anvil.provider.send_raw_transaction(raw).await;
        self.sent.push(raw.to_vec());
        let hash = keccak256(raw);
        match (&ours, &theirs) {
            // Anvil takes gas below the floor of EIP-7623, mines an empty block and forgets the transaction.
            (Err(error), Ok(_)) if error.to_string().contains("gas floor") => {
                self.anvil_drops(hash, height, what).await
            }
            _ => assert_eq!(ours.is_ok(), theirs.is_ok(), "{what}: {:?}, anvil {:?}", ours.err(), theirs.err()),
        }
        let outcome = if ours.is_ok() {
            let ours = self.chain.provider().get_transaction_receipt(hash).await.unwrap().expect("at once");
            let theirs = self.anvil_receipt(hash, what).await;
            assert_eq!(comparable(&ours), comparable(&theirs), "{what}");
            if ours.status() { Outcome::Succeeded } else { Outcome::Failed }
        } else {
            Outcome::Refused
        };
        for account in self.accounts() {
            let (ours, theirs) = (self.chain.provider(), &self.anvil.provider);
            let balances = (ours.get_balance(account).await.unwrap(), theirs.get_balance(account).await.unwrap());
            assert_eq!(balances.0, balances.1, "{what}: balance of {account}");
            let nonces = (
                ours.get_transaction_count(account).await.unwrap(),
                theirs.get_transaction_count(account).await.unwrap(),
            );
            assert_eq!(nonces.0, nonces.1, "{what}: nonce of {account}");
        }
        outcome
    }

    /// The actors, and who is paid tips (on both chains, nobody's address).
    fn accounts(&self) -> Vec<Address> {
        self.actors.iter().map(|actor| actor.address()).chain([Address::ZERO, song_edition_address()]).collect()
    }

    async fn anvil_receipt(&self, hash: B256, what: &str) -> TransactionReceipt {
        for _ in 0..400 {
            if let Some(receipt) = self.anvil.provider.get_transaction_receipt(hash).await.unwrap() {
                return receipt;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{what}: anvil did not include it within 2 s");
    }

    async fn anvil_drops(&self, hash: B256, height: u64, what: &str) {
        for _ in 0..400 {
            if self.anvil.provider.get_block_number().await.unwrap() > height {
                let receipt = self.anvil.provider.get_transaction_receipt(hash).await.unwrap();
                assert!(receipt.is_none(), "{what}: anvil included it");
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{what}: anvil mined nothing within 2 s");
    }

    fn random_step(&mut self) -> (&'static str, Vec<u8>) {
        let who = self.random.below(3);
        let to = self.actors[self.random.below(3)].address();
        let song = song_edition_address();
        let token_id = U256::from(1 + self.random.below(8));
        let data = |call: Vec<u8>| Bytes::from(call);
        match self.random.below(14) {
            0 => {
                let value = eth(["0.001", "1", "4", "900"][self.random.below(4)]);
                ("transfer", self.call(who, to, value, Bytes::new()))
            }
            1..=3 => {
                let voucher = self.random_voucher();
                let call = mint(&voucher, to);
                let value = if self.random.below(6) == 0 { Wei::from(1) } else { call.value };
                ("mint", self.call(who, call.to, value, call.data))
            }
            4 | 5 => {
                let call = approve(song, token_id);
                ("approve", self.call(who, call.to, call.value, call.data))
            }
            6 => {
                let from = self.actors[self.random.below(3)].address();
                let call = SongEdition::transferFromCall { from, to, tokenId: token_id };
                ("move a token", self.call(who, song, Wei::ZERO, data(call.abi_encode())))
            }
            7 => {
                let call = SongEdition::setApprovalForAllCall { operator: SEAPORT, approved: self.random.below(4) > 0 };
                ("approve all", self.call(who, song, Wei::ZERO, data(call.abi_encode())))
            }
            8 | 9 => {
                let order = self.random_order(token_id);
                let call = fulfil(&self.chain, &order).expect("a plain order");
                let value = if self.random.below(8) == 0 { Wei(call.value.0 - U256::from(1)) } else { call.value };
                ("fulfil", self.call(who, call.to, value, call.data))
            }
            10 => {
                let call = cancel(&self.random_order(token_id));
                ("cancel order", self.call(who, call.to, call.value, call.data))
            }
            11 => {
                let garbage: Vec<u8> = (0..self.random.below(80)).map(|_| self.random.below(256) as u8).collect();
                let to = [SEAPORT, song, CONDUIT_CONTROLLER, FACTORY][self.random.below(4)];
                let value = Wei::from(self.random.below(2) as u64);
                ("garbage", self.call(who, to, value, garbage.into()))
            }
            12 => {
                // Stores, logs, creates a contract, destroys itself, or does not even run.
                let code: [&[u8]; 5] = [
                    &hex!("602a60005560015460005260206000a060206000f3"),
                    &hex!("60016000556000600055600160015500"),
                    &hex!("60006000fd"),
                    &hex!("fe"),
                    &hex!("33ff"),
                ];
                let code = Bytes::copy_from_slice(code[self.random.below(5)]);
                let (gas, kind) = ([60_000, 200_000][self.random.below(2)], self.random.below(3) as u8);
                let value = U256::from(self.random.below(2));
                ("create", self.sign(who, None, value, code, gas, kind))
            }
            _ => match self.sent.last().cloned() {
                Some(raw) if self.random.below(2) == 0 => ("the same again", raw),
                _ => {
                    let gas = [20_000, 21_500, 30_000, 45_000][self.random.below(4)];
                    let call = approve(song, token_id);
                    ("little gas", self.sign(who, Some(call.to), U256::ZERO, call.data, gas, 2))
                }
            },
        }
    }

    fn random_voucher(&mut self) -> SignedVoucher {
        if !self.vouchers.is_empty() && self.random.below(2) == 0 {
            return self.vouchers[self.random.below(self.vouchers.len())].clone();
        }
        let creator = self.random.below(3);
        let signer = if self.random.below(8) == 0 { (creator + 1) % 3 } else { creator };
        let address = self.actors[creator].address();
        let voucher = Voucher {
            creator: address,
            song_id: self.random.word(),
            uri: format!("ipfs://{}", "b".repeat(self.random.below(80))),
            provenance: self.random.word(),
            price: Wei::from([0, 1, 1_000_000_007][self.random.below(3)]),
            max_editions: self.random.below(4) as u32,
            deadline: if self.random.below(10) == 0 { 1 } else { LATER },
            payout: address,
            royalty: BasisPoints::new([0, 500, 1234][self.random.below(3)]).expect("a share"),
            recipient: (self.random.below(4) == 0).then_some(address),
            nonce: U256::from(self.random.below(3)),
        };
        let (chain_id, contract) = (CHAIN_ID, song_edition_address());
        let signature = self.actors[signer].sign_hash_sync(&voucher.digest(chain_id, contract)).expect("signed");
        let signed = SignedVoucher { voucher, chain_id, contract, signature: signature.as_bytes().into() };
        self.vouchers.push(signed.clone());
        signed
    }

    fn random_order(&mut self, token_id: U256) -> SignedOrder {
        if !self.orders.is_empty() && self.random.below(2) == 0 {
            return self.orders[self.random.below(self.orders.len())].clone();
        }
        let seller = self.random.below(3);
        let offerer = self.actors[seller].address();
        let price = 1 + self.random.below(1_000_000_000) as u64;
        let royalty = price / 20;
        let pay = |recipient, amount: u64| Seaport::ConsiderationItem {
            itemType: 0,
            token: Address::ZERO,
            identifierOrCriteria: U256::ZERO,
            startAmount: U256::from(amount),
            endAmount: U256::from(amount),
            recipient,
        };
        let mut consideration = vec![pay(offerer, price - royalty)];
        if royalty > 0 {
            consideration.push(pay(self.actors[(seller + 1) % 3].address(), royalty));
        }
        let components = Seaport::OrderComponents {
            offerer,
            zone: Address::ZERO,
            offer: vec![Seaport::OfferItem {
                itemType: 2,
                token: song_edition_address(),
                identifierOrCriteria: token_id,
                startAmount: U256::from(1),
                endAmount: U256::from(1),
            }],
            consideration,
            orderType: 0,
            startTime: U256::ZERO,
            endTime: U256::from(if self.random.below(10) == 0 { 1 } else { LATER }),
            zoneHash: B256::ZERO,
            salt: self.random.word().into(),
            conduitKey: B256::ZERO,
            counter: U256::ZERO,
        };
        let digest = components.eip712_signing_hash(&seaport_domain(CHAIN_ID));
        let signature = self.actors[seller].sign_hash_sync(&digest).expect("signed").as_bytes().into();
        let order = SignedOrder { chain_id: CHAIN_ID, hash: components.eip712_hash_struct(), components, signature };
        self.orders.push(order.clone());
        order
    }

    fn call(&mut self, who: usize, to: Address, value: Wei, data: Bytes) -> Vec<u8> {
        let kind = self.random.below(3) as u8;
        self.sign(who, Some(to), value.0, data, 500_000, kind)
    }

    /// Signs as legacy (0), access-list (1) or fee-market (2) transaction, without asking whether it can work.
    fn sign(&self, who: usize, to: Option<Address>, value: U256, input: Bytes, gas: u64, kind: u8) -> Vec<u8> {
        let signer = &self.actors[who];
        let count = self.practice.request("eth_getTransactionCount", &json!([signer.address(), "latest"]));
        let nonce = serde_json::from_value::<U256>(count.expect("a nonce")).expect("a number").to();
        let to = to.map_or(TxKind::Create, TxKind::Call);
        let (chain_id, gas_limit, gas_price) = (CHAIN_ID, gas, 3_000_000_000);
        fn sealed<T: SignableTransaction<alloy::primitives::Signature>>(tx: T, signer: &PrivateKeySigner) -> Vec<u8>
        where
            TxEnvelope: From<alloy::consensus::Signed<T>>,
        {
            let signature = signer.sign_hash_sync(&tx.signature_hash()).expect("signed");
            TxEnvelope::from(tx.into_signed(signature)).encoded_2718()
        }
        match kind {
            0 => sealed(TxLegacy { chain_id: Some(chain_id), nonce, gas_price, gas_limit, to, value, input }, signer),
            1 => {
                let access_list = serde_json::from_value(json!([{
                    "address": song_edition_address(), "storageKeys": [B256::ZERO, B256::with_last_byte(6)]
                }]));
                let access_list = access_list.expect("an access list");
                sealed(TxEip2930 { chain_id, nonce, gas_price, gas_limit, to, value, access_list, input }, signer)
            }
            _ => {
                let tx = TxEip1559 {
                    chain_id,
                    nonce,
                    gas_limit,
                    max_fee_per_gas: gas_price,
                    max_priority_fee_per_gas: 1_500_000_000,
                    to,
                    value,
                    input,
                    ..TxEip1559::default()
                };
                sealed(tx, signer)
            }
        }
    }

    async fn compare_code(&self, contract: Address) {
        let ours = self.chain.provider().get_code_at(contract).await.unwrap();
        let theirs = self.anvil.provider.get_code_at(contract).await.unwrap();
        assert!(!ours.is_empty(), "{contract} holds a contract");
        assert!(ours == theirs, "the code of {contract} differs");
    }

    /// Every token and order, through calls that succeed and calls that revert.
    async fn compare_everything(&self) {
        let song = song_edition_address();
        let mut questions = vec![(song, SongEdition::totalSupplyCall {}.abi_encode())];
        for id in 0..12 {
            let token_id = U256::from(id);
            questions.push((song, SongEdition::ownerOfCall { tokenId: token_id }.abi_encode()));
            questions.push((song, SongEdition::getApprovedCall { tokenId: token_id }.abi_encode()));
            questions.push((song, SongEdition::songOfCall { tokenId: token_id }.abi_encode()));
        }
        for order in &self.orders {
            questions.push((SEAPORT, Seaport::getOrderStatusCall { orderHash: order.hash }.abi_encode()));
        }
        for (contract, question) in questions {
            let request = TransactionRequest::default().to(contract).input(Bytes::from(question).into());
            let ours = self.chain.provider().call(request.clone()).await;
            let theirs = self.anvil.provider.call(request.clone()).await;
            match (ours, theirs) {
                (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{request:?}"),
                (Err(ours), Err(theirs)) => {
                    let (ours, theirs) = (ours.as_error_resp().unwrap(), theirs.as_error_resp().unwrap());
                    assert_eq!(ours.code, theirs.code, "{request:?}");
                    assert_eq!(ours.as_revert_data(), theirs.as_revert_data(), "{request:?}");
                }
                (ours, theirs) => panic!("{request:?}: {ours:?}, {theirs:?}"),
            }
        }
    }
}

/// All of a receipt but where its block stands.
fn comparable(receipt: &TransactionReceipt) -> impl PartialEq + std::fmt::Debug {
    let logs: Vec<_> =
        receipt.logs().iter().map(|log| (log.inner.clone(), log.log_index, log.transaction_index)).collect();
    (
        (receipt.transaction_hash, receipt.transaction_index, receipt.from, receipt.to, receipt.contract_address),
        (receipt.status(), receipt.gas_used, receipt.effective_gas_price, receipt.inner.cumulative_gas_used()),
        (receipt.inner.tx_type(), receipt.inner.bloom(), logs),
    )
}

/// splitmix64: the same sequence from the same seed, everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn word(&mut self) -> B256 {
        keccak256(self.next().to_be_bytes())
    }
}
