//! Minting, listing, taking down and buying: each transaction is signed, saved, sent, and asked about.

use library::{JobRow, JobStatus, ListingRow, MintRow};
use market::{BasisPoints, Call, ListingRequest, Receipt, SignedOrder, SignedTx, SignedVoucher, U256, Voucher, Wei};
use serde::{Deserialize, Serialize};

use super::{Run, keep, read};
use crate::App;
use crate::error::Result;
use crate::id;
use crate::practice::{YOU, unix_seconds};
use crate::types::{ApiError, ErrorCode, JobPhase};

/// How long a voucher and a listing stay good.
const OPEN_SECONDS: u64 = 180 * 24 * 3600;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MintRequest {
    pub song: String,
    pub royalty_bps: u16,
    /// Practice account that receives the token.
    pub to: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ListRequest {
    pub song: String,
    pub price_wei: String,
    pub seller: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BuyRequest {
    pub order_hash: String,
    pub account: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UnlistRequest {
    pub order_hash: String,
}

/// What a chain job has signed so far; saved before any of it leaves the machine.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Signed {
    /// Deploys the contract, or lets Seaport move the token.
    first: Option<SignedTx>,
    voucher: Option<SignedVoucher>,
    order: Option<SignedOrder>,
    /// The mint, the purchase or the cancellation itself.
    main: Option<SignedTx>,
}

type Slot = fn(&mut Signed) -> &mut Option<SignedTx>;

const FIRST: Slot = |signed| &mut signed.first;
const MAIN: Slot = |signed| &mut signed.main;

pub(super) fn mint(run: &mut Run<'_>, request: &MintRequest, mut signed: Signed) -> Result<String> {
    let (app, song) = (run.app, request.song.as_str());
    if app.library.mint(song)?.is_some() {
        return Ok(song.to_owned());
    }
    refuse_second_mint(run, song)?;
    run.progress(JobPhase::Store, 0.05)?;
    let kept = keep::keep(run, song)?;
    let chain = &app.practice.chain;
    settle(run, &mut signed, FIRST, &|| {
        app.practice.wait(market::deploy_song_edition(chain, &app.practice.keys, YOU))
    })?;
    if signed.voucher.is_none() {
        let (_, take) = app.chosen_take(song)?;
        let brief = serde_json::to_vec(&app.library.song(song)?.brief)?;
        let you = app.practice.account(YOU)?.address;
        let voucher = Voucher {
            creator: you,
            song_id: market::song_id(&audio_cid(&kept.audio)?.to_bytes()),
            uri: format!("ipfs://{}", kept.metadata),
            provenance: keep::commitment(&take, &brief).parse().unwrap_or_default(),
            price: Wei::ZERO,
            max_editions: 1,
            deadline: unix_seconds() + OPEN_SECONDS,
            payout: you,
            royalty: BasisPoints::new(request.royalty_bps)?,
            recipient: Some(app.practice.account(&request.to)?.address),
            nonce: U256::from(id::random_u64()?),
        };
        signed.voucher = Some(voucher.sign(&app.practice.keys, YOU, chain)?);
        run.checkpoint(&signed)?;
    }
    let Some(voucher) = signed.voucher.clone() else { return Err(unexpected()) };
    let to = app.practice.account(&request.to)?.address;
    let call = market::mint(&voucher, to);
    let receipt = settle(run, &mut signed, MAIN, &|| prepare(app, YOU, &call).map(Some))?.ok_or_else(unexpected)?;
    let minted = market::minted(&receipt, voucher.contract).ok_or_else(unexpected)?;
    let row = MintRow {
        song: song.to_owned(),
        contract: minted.contract.to_string(),
        token_id: minted.token_id.to_string(),
        tx: receipt.hash.to_string(),
        creator: minted.creator.to_string(),
        royalty_bps: request.royalty_bps,
    };
    app.library.add_mint(&row, app.now())?;
    Ok(song.to_owned())
}

pub(super) fn list(run: &mut Run<'_>, request: &ListRequest, mut signed: Signed) -> Result<String> {
    let (app, song) = (run.app, request.song.as_str());
    let mint = app
        .library
        .mint(song)?
        .ok_or_else(|| ApiError::new(ErrorCode::NotReady, "this song is not minted yet; mint it before selling it"))?;
    let contract = mint.contract.parse().map_err(|_| unexpected())?;
    let token_id = mint.token_id.parse().map_err(|_| unexpected())?;
    if let Some(open) = app.open_listing(song)?
        && signed.order.as_ref().is_none_or(|order| order.hash.to_string() != open.order_hash)
    {
        return Err(ApiError::new(ErrorCode::NotReady, "this song is for sale already; take that listing down first"));
    }
    let approve = market::approve(contract, token_id);
    settle(run, &mut signed, FIRST, &|| prepare(app, &request.seller, &approve).map(Some))?;
    if signed.order.is_none() {
        run.progress(JobPhase::Sign, 0.8)?;
        run.cancel.check()?;
        let start = unix_seconds();
        let listing = ListingRequest {
            contract,
            token_id,
            price: Wei(request.price_wei.parse().map_err(|_| unexpected())?),
            start,
            end: start + OPEN_SECONDS,
            salt: U256::from(id::random_u64()?),
        };
        let order = market::listing(&app.practice.chain, &app.practice.keys, &request.seller, listing);
        signed.order = Some(app.practice.wait(order)?);
        run.checkpoint(&signed)?;
    }
    let order = signed.order.ok_or_else(unexpected)?;
    let terms = order.terms()?;
    let row = ListingRow {
        order_hash: order.hash.to_string(),
        song: Some(song.to_owned()),
        title: app.library.song(song)?.title,
        token_id: mint.token_id,
        seller: terms.seller.to_string(),
        price_wei: terms.price.to_string(),
        royalty_wei: terms.royalty.map_or(Wei::ZERO, |(_, amount)| amount).to_string(),
        signed_order: serde_json::to_string(&order)?,
        listed: app.now(),
    };
    app.library.add_listing(&row)?;
    Ok(song.to_owned())
}

pub(super) fn buy(run: &mut Run<'_>, request: &BuyRequest, mut signed: Signed) -> Result<Option<String>> {
    let app = run.app;
    let row = app.library.listing(&request.order_hash)?;
    let call = |order: &SignedOrder| Ok::<_, ApiError>(market::fulfil(&app.practice.chain, order)?);
    let receipt =
        settle(run, &mut signed, MAIN, &|| prepare(app, &request.account, &call(&app.open_order(&row)?)?).map(Some))?;
    let sale = receipt.as_ref().and_then(market::sold).ok_or_else(unexpected)?;
    if sale.order_hash.to_string() != row.order_hash {
        return Err(unexpected());
    }
    Ok(row.song)
}

pub(super) fn unlist(run: &mut Run<'_>, request: &UnlistRequest, mut signed: Signed) -> Result<Option<String>> {
    let app = run.app;
    let row = app.library.listing(&request.order_hash)?;
    let order: SignedOrder = read(&row.signed_order)?;
    let seller = app.practice.name_of(order.terms()?.seller).ok_or_else(|| {
        ApiError::new(ErrorCode::NotReady, "this listing belongs to somebody else; only its seller can take it down")
    })?;
    let call = market::cancel(&order);
    settle(run, &mut signed, MAIN, &|| prepare(app, seller, &call).map(Some))?;
    Ok(row.song)
}

impl App {
    /// The hash of the transaction a chain job sent.
    pub(crate) fn sent_by(&self, job: &str) -> Result<String> {
        let signed: Signed = read(&self.library.job(job)?.checkpoint)?;
        Ok(signed.main.ok_or_else(unexpected)?.hash.to_string())
    }

    /// Whether the chain already holds the transaction a stopped job had signed.
    pub(super) fn chain_has(&self, row: &JobRow) -> Result<bool> {
        let chain_kind = !["make", "keep"].contains(&row.kind.as_str());
        match read::<Signed>(&row.checkpoint)?.main.filter(|_| chain_kind) {
            Some(tx) => self.practice.wait(self.practice.chain.includes(&tx)),
            None => Ok(false),
        }
    }
}

fn prepare(app: &App, account: &str, call: &Call) -> Result<SignedTx> {
    app.practice.wait(app.practice.chain.prepare(&app.practice.keys, account, call.clone()))
}

/// Carries one transaction to its receipt: signs it if that was not done, saves it, sends it. `prepare` gives `None`
/// when the transaction is not needed.
///
/// A transaction whose place was taken by another one can never happen, so it is signed anew; one that the contract
/// refused is forgotten, so that a retry starts afresh; anything else keeps it, and a retry sends the same bytes.
fn settle(
    run: &mut Run<'_>,
    signed: &mut Signed,
    slot: Slot,
    prepare: &dyn Fn() -> Result<Option<SignedTx>>,
) -> Result<Option<Receipt>> {
    let practice = &run.app.practice;
    loop {
        if slot(signed).is_none() {
            run.progress(JobPhase::Sign, 0.3)?;
            run.cancel.check()?;
            let Some(tx) = prepare()? else { return Ok(None) };
            *slot(signed) = Some(tx);
            run.checkpoint(signed)?;
        }
        let Some(tx) = slot(signed).clone() else { return Err(unexpected()) };
        if run.cancel.is_set() && !practice.wait(practice.chain.includes(&tx))? {
            run.cancel.check()?;
        }
        run.waiting()?;
        run.progress(JobPhase::Confirm, 0.6)?;
        let sent = practice.wait_raw(practice.chain.submit(&tx));
        run.going_on()?;
        match sent {
            Ok(receipt) => return Ok(Some(receipt)),
            Err(error @ (market::Error::Replaced { .. } | market::Error::Failed { .. })) => {
                *slot(signed) = None;
                run.checkpoint(signed)?;
                if matches!(error, market::Error::Failed { .. }) {
                    return Err(error.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// A song is minted once: while another mint of it may already be on its way, this one stops.
fn refuse_second_mint(run: &Run<'_>, song: &str) -> Result<()> {
    for status in [JobStatus::Interrupted, JobStatus::Failed, JobStatus::Waiting, JobStatus::Cancelled] {
        for row in run.app.library.jobs_with(status)? {
            let begun = row.id != run.id && row.kind == "mint" && row.song.as_deref() == Some(song);
            let may_happen = status != JobStatus::Cancelled && read::<Signed>(&row.checkpoint)?.main.is_some();
            if begun && (may_happen || run.app.chain_has(&row)?) {
                return Err(ApiError::new(
                    ErrorCode::NotReady,
                    "a mint of this song was begun before; go on with that one in Activity",
                ));
            }
        }
    }
    Ok(())
}

fn audio_cid(text: &str) -> Result<blobs::Cid> {
    text.parse().map_err(|_| unexpected())
}

fn unexpected() -> ApiError {
    ApiError::new(
        ErrorCode::Rejected,
        "the chain answered something unexpected; look at the song again before you retry",
    )
}
