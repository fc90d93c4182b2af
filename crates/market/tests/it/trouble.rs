//! Crashes, wrong networks, empty pockets and forged orders.

use crate::world::{LATER, NOW, World, eth, practice_chain};
use alloy::providers::Provider;
use market::{
    Address, B256, BasisPoints, Call, Chain, Error, Keys, ListingRequest, OrderStatus, Revert, SignedTx, U256, Wei,
    approve, fulfil, listing, mint, owner_of, practice, status,
};

fn payment(world: &World, value: Wei) -> Call {
    Call { to: world.address("buyer"), value, data: Default::default() }
}

async fn supply(world: &World) -> bool {
    let contract = world.chain.addresses().song_edition;
    owner_of(&world.chain, contract, U256::from(2)).await.is_ok()
}

#[tokio::test]
async fn one_signed_transaction_mints_once_on_the_practice_chain() {
    mints_once(World::practice().ready().await).await;
}

#[tokio::test]
async fn one_signed_transaction_mints_once_on_anvil() {
    mints_once(World::anvil().await.ready().await).await;
}

/// Submitted, submitted again, and submitted after a crash between sending and hearing of it.
async fn mints_once(world: World) {
    let voucher = world.sign(world.voucher(1, 5));
    let call = mint(&voucher, world.address("seller"));
    let tx = world.chain.prepare(&world.keys, "seller", call).await.unwrap();
    let kept: SignedTx = serde_json::from_str(&serde_json::to_string(&tx).unwrap()).unwrap();
    assert_eq!(kept, tx);
    let _ = world.chain.provider().send_raw_transaction(&tx.raw).await.unwrap();
    let first = world.chain.submit(&kept).await.unwrap();
    let second = world.chain.submit(&kept).await.unwrap();
    assert_eq!(first, second);
    assert!(!supply(&world).await, "one token only");
}

#[tokio::test]
async fn a_transaction_whose_number_is_taken_is_known_never_to_happen() {
    let world = World::practice().ready().await;
    let one = world.chain.prepare(&world.keys, "seller", payment(&world, Wei::from(1))).await.unwrap();
    let two = world.chain.prepare(&world.keys, "seller", payment(&world, Wei::from(2))).await.unwrap();
    assert_eq!(one.nonce, two.nonce);
    world.chain.submit(&one).await.unwrap();
    let late = world.chain.submit(&two).await;
    assert!(matches!(late, Err(Error::Replaced { hash, nonce }) if hash == two.hash && nonce == two.nonce), "{late:?}");
    world.chain.submit(&one).await.expect("and the first is still known");
}

#[tokio::test]
async fn a_failed_transaction_says_why_on_the_practice_chain() {
    says_why(World::practice().ready().await).await;
}

#[tokio::test]
async fn a_failed_transaction_says_why_on_anvil() {
    says_why(World::anvil().await.ready().await).await;
}

/// Two prepare the last edition; one is late.
async fn says_why(world: World) {
    let voucher = world.sign(world.voucher(1, 1));
    let call = mint(&voucher, world.address("seller"));
    let one = world.chain.prepare(&world.keys, "seller", call.clone()).await.unwrap();
    let two = world.chain.prepare(&world.keys, "buyer", call).await.unwrap();
    world.chain.submit(&one).await.unwrap();
    for _ in 0..2 {
        let late = world.chain.submit(&two).await;
        assert!(matches!(&late, Err(Error::Failed { reason: Revert::SoldOut { max: 1 }, .. })), "{late:?}");
    }
}

#[tokio::test]
async fn too_little_money_is_noticed_before_signing() {
    let world = World::practice().ready().await;
    let poor = world.chain.prepare(&world.keys, "buyer", payment(&world, eth("10"))).await;
    let Err(Error::Underfunded { account, need, have }) = poor else { panic!("{poor:?}") };
    assert_eq!((account, have), (world.address("buyer"), eth("10")));
    assert!(need > eth("10"), "gas counts too");
    let empty = world.chain.prepare(&world.keys, "nobody", payment(&world, Wei::ZERO)).await;
    assert!(matches!(empty, Err(Error::Underfunded { have: Wei::ZERO, .. })), "{empty:?}");

    // Enough when it was signed, gone when it is sent.
    let planned = world.chain.prepare(&world.keys, "buyer", payment(&world, eth("6"))).await.unwrap();
    let rival = Call { to: world.address("seller"), value: eth("9"), data: Default::default() };
    let rival = world.chain.prepare(&world.keys, "buyer", rival).await.unwrap();
    let mut later = planned.clone();
    world.chain.submit(&rival).await.unwrap();
    assert!(matches!(world.chain.submit(&planned).await, Err(Error::Replaced { .. })));
    world.fund("buyer", eth("10")).await;
    later = SignedTx { hash: B256::ZERO, nonce: later.nonce + 7, ..later };
    assert!(matches!(world.chain.submit(&later).await, Err(Error::Rejected { .. })), "bytes and numbers disagree");
}

#[tokio::test]
async fn the_wrong_network_is_refused() {
    let anvil = crate::anvil::Anvil::start().await;
    let wrong = Chain::rpc(&anvil.url, 8453).await;
    assert!(matches!(wrong, Err(Error::WrongChain { expected: 8453, found: practice::CHAIN_ID })), "{wrong:?}");
    for url in ["", "anvil", "ftp://example.org", "http://", "https://[", "file:///etc/passwd"] {
        assert!(matches!(Chain::rpc(url, 1).await, Err(Error::Url { .. })), "{url:?}");
    }
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let silent = Chain::rpc(&format!("http://127.0.0.1:{port}"), 1).await;
    assert!(matches!(silent, Err(Error::Network { .. })), "{silent:?}");

    let world = World::practice().ready().await;
    let mut tx = world.chain.prepare(&world.keys, "buyer", payment(&world, Wei::from(1))).await.unwrap();
    tx.chain_id = 8453;
    assert!(matches!(world.chain.submit(&tx).await, Err(Error::WrongChain { expected: 8453, .. })));
    let song = world.mint(1).await;
    let mut order = world.list(song.token_id, eth("0.01")).await;
    order.chain_id = 8453;
    assert!(matches!(fulfil(&world.chain, &order), Err(Error::WrongChain { .. })));
    assert!(matches!(status(&world.chain, &order, NOW).await, Err(Error::WrongChain { .. })));
}

#[tokio::test]
async fn a_network_switched_behind_our_back_is_noticed() {
    let world = World::anvil().await.ready().await;
    let anvil = world.anvil.as_ref().unwrap();
    let tx = world.chain.prepare(&world.keys, "buyer", payment(&world, Wei::from(1))).await.unwrap();
    anvil.request("anvil_setChainId", serde_json::json!([5])).await;
    assert!(matches!(world.chain.submit(&tx).await, Err(Error::WrongChain { found: 5, .. })));
    let prepared = world.chain.prepare(&world.keys, "buyer", payment(&world, Wei::from(1))).await;
    assert!(matches!(prepared, Err(Error::WrongChain { found: 5, .. })));
    assert!(matches!(world.chain.faucet(Address::ZERO, Wei::from(1)).await, Err(Error::NoFaucet)));
}

#[tokio::test]
async fn only_the_owner_lists_and_only_between_sensible_times() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let request = world.request(song.token_id, eth("0.01"));
    let stranger = listing(&world.chain, &world.keys, "buyer", request).await;
    assert!(matches!(stranger, Err(Error::NotOwner { .. })), "{stranger:?}");
    let backwards = ListingRequest { start: LATER, end: NOW, ..request };
    assert!(matches!(listing(&world.chain, &world.keys, "seller", backwards).await, Err(Error::SaleTimes)));
    let missing = ListingRequest { token_id: U256::from(99), ..request };
    let missing = listing(&world.chain, &world.keys, "seller", missing).await;
    assert!(matches!(missing, Err(Error::WouldRevert(Revert::NoSuchToken { .. }))), "{missing:?}");
    let nowhere = ListingRequest { contract: Address::repeat_byte(9), ..request };
    assert!(matches!(listing(&world.chain, &world.keys, "seller", nowhere).await, Err(Error::NoContract { .. })));
}

#[tokio::test]
async fn a_status_tells_why_an_order_cannot_be_filled() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    assert_eq!(status(&world.chain, &order, NOW - 2000).await.unwrap(), OrderStatus::NotStarted);
    assert_eq!(status(&world.chain, &order, LATER).await.unwrap(), OrderStatus::Expired);
    let stale = listing(&world.chain, &world.keys, "seller", world.request(song.token_id, eth("0.02"))).await.unwrap();
    world.send("buyer", fulfil(&world.chain, &order).unwrap()).await;
    assert_eq!(status(&world.chain, &stale, NOW).await.unwrap(), OrderStatus::OwnerChanged);
    let bought = world.chain.prepare(&world.keys, "buyer", fulfil(&world.chain, &stale).unwrap()).await;
    assert!(matches!(bought, Err(Error::WouldRevert(_))), "{bought:?}");
    let own = approve(song.contract, song.token_id);
    let not_mine = world.chain.prepare(&world.keys, "seller", own).await;
    assert!(matches!(not_mine, Err(Error::WouldRevert(Revert::NotYourToken))), "{not_mine:?}");
}

#[tokio::test]
async fn a_forged_order_is_refused() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    let unknown = |order: &market::SignedOrder| matches!(order.terms(), Err(Error::UnknownOrder { .. }));
    type Forge = fn(&mut market::SignedOrder);
    let forgeries: [Forge; 8] = [
        |o| o.hash = B256::ZERO,
        |o| o.components.zone = Address::repeat_byte(1),
        |o| o.components.conduitKey = B256::repeat_byte(1),
        |o| o.components.offer.clear(),
        |o| o.components.offer[0].itemType = 4,
        |o| o.components.consideration.clear(),
        |o| o.components.consideration[0].recipient = Address::repeat_byte(1),
        |o| o.components.consideration[1].endAmount = U256::MAX,
    ];
    for (number, forge) in forgeries.iter().enumerate() {
        let mut forged = order.clone();
        forge(&mut forged);
        if number > 0 {
            forged.hash = alloy::sol_types::SolStruct::eip712_hash_struct(&forged.components);
        }
        assert!(unknown(&forged), "forgery {number}: {:?}", forged.terms());
        assert!(fulfil(&world.chain, &forged).is_err());
    }
    let mut resigned = order.clone();
    resigned.components.consideration[0].startAmount = U256::from(1);
    resigned.components.consideration[0].endAmount = U256::from(1);
    resigned.hash = alloy::sol_types::SolStruct::eip712_hash_struct(&resigned.components);
    assert!(matches!(resigned.terms(), Err(Error::OrderSignature { .. })));
    resigned.signature = Default::default();
    assert!(matches!(resigned.terms(), Err(Error::OrderSignature { .. })));
}

#[tokio::test]
async fn a_voucher_nobody_could_use_is_not_signed() {
    let world = World::practice();
    let sign = |change: fn(&mut market::Voucher)| {
        let mut voucher = world.voucher(1, 1);
        change(&mut voucher);
        voucher.sign(&world.keys, "creator", &world.chain)
    };
    assert!(sign(|_| ()).is_ok());
    let changes: [fn(&mut market::Voucher); 4] = [
        |v| v.creator = Address::repeat_byte(1),
        |v| v.max_editions = 0,
        |v| v.payout = Address::ZERO,
        |v| v.uri = "https://example.org".into(),
    ];
    for change in changes {
        assert!(matches!(sign(change), Err(Error::Voucher { .. })));
    }
}

#[test]
fn the_faucet_has_a_limit() {
    let chain = practice_chain();
    let above = Wei(practice::FAUCET_LIMIT.0 + U256::from(1));
    assert!(matches!(chain.faucet(Address::ZERO, above), Err(Error::FaucetLimit { .. })));
}

#[test]
fn messages_say_what_to_do_next() {
    let account = Address::repeat_byte(1);
    for (error, words) in [
        (Error::PriceZero, "set a price above 0"),
        (Error::PriceTooHigh { price: Wei::MAX_PRICE }, "the highest possible price is 79228162514264337593543950335"),
        (Error::Underfunded { account, need: eth("0.02"), have: eth("0.01") }, "needs 0.02 ETH but"),
        (Error::Underfunded { account, need: eth("0.02"), have: eth("0.01") }, "add funds and try again"),
        (Error::WrongChain { expected: 8453, found: 1 }, "choose the right network in Settings"),
        (Error::Replaced { hash: B256::ZERO, nonce: 3 }, "start the step again"),
        (Error::Pending { hash: B256::ZERO }, "do not send another"),
        (Error::Network { message: "refused".into() }, "check the connection"),
        (Error::WouldRevert(Revert::OrderFilled), "look for another listing"),
        (Error::WalletDamaged { path: "w".into() }, "restore it from a backup"),
        (Error::StoreDamaged { height: 3 }, "restore the library from a backup"),
    ] {
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(BasisPoints::new(10_001).unwrap_err().to_string().contains("0% to 100%"));
    assert!(Keys::from_seed(B256::ZERO).account("a/b").unwrap_err().to_string().contains("1 to 40 letters"));
}
