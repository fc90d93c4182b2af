//! The whole main job in one go: make, play, keep, mint, list, buy.
//!
//! The creator mints to a friend, the friend sells to a stranger, so that the royalty is seen to move.

use market::{Address, Wei};

use crate::App;
use crate::documents::{CidsDocument, DemoDocument, ListingDocument, MintDocument, PlayedDocument, SaleDocument};
use crate::error::Result;
use crate::practice::{FRIEND, STRANGER, YOU};
use crate::types::{ApiError, ErrorCode, MakeRequest};

const ROYALTY_BPS: u16 = 500;
const PRICE: &str = "0.01";

impl App {
    /// Runs the demo; `say` hears what it does, `cancelled` is asked between and during steps.
    ///
    /// # Errors
    /// Whatever a step ended with. Without an audio device the song is not played, and that is said.
    pub fn demo(
        &self,
        seed: Option<String>,
        say: &dyn Fn(&str),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<DemoDocument> {
        let step = |text: &str| {
            say(text);
            if cancelled() { Err(ApiError::cancelled()) } else { Ok(()) }
        };
        step("Writing, composing, singing and playing in a song for Mia …")?;
        let made = self.run_cancellable(&self.make_song(&mia(seed))?, cancelled)?;
        let song = self.make_document(&made)?;

        step(&format!("Playing “{}” ({:.0} s; Ctrl-C stops) …", song.title, song.duration_s))?;
        let played = match self.play_file(&song.audio, &|| cancelled(), &mut |_, _| ()) {
            Ok(status) => Some(PlayedDocument { frames: status.frames, underruns: status.underruns }),
            Err(error) if error.code == ErrorCode::NoDevice => {
                say(&format!("Not played: {error}"));
                None
            }
            Err(error) => return Err(error),
        };

        step("Keeping it under its content names …")?;
        self.run_cancellable(&self.keep_song(&song.song)?, cancelled)?;
        step("Minting it on the practice chain, to a friend …")?;
        self.run_cancellable(&self.mint_song(&song.song, ROYALTY_BPS, FRIEND)?, cancelled)?;
        step("The friend lists it …")?;
        self.run_cancellable(&self.list_song(&song.song, PRICE)?, cancelled)?;
        let view = self.song(&song.song)?;
        let (Some(kept), Some(mint), Some(listing)) = (view.kept, view.minted, view.listing) else {
            return Err(ApiError::new(
                ErrorCode::Internal,
                "the listing of the demo's song is gone; run the demo again",
            ));
        };

        step("A stranger buys it …")?;
        let parties = [YOU, FRIEND].map(|name| self.practice.account(name).map(|account| account.address));
        let [creator, seller] = parties;
        let (creator, seller, buyer) = (creator?, seller?, self.practice.account(STRANGER)?.address);
        if self.practice.balance(buyer)? < Wei::from_eth("1")? {
            self.faucet(STRANGER)?;
        }
        let before = (self.practice.balance(creator)?, self.practice.balance(seller)?);
        let bought = self.buy(&listing.order_hash, STRANGER)?;
        self.run_cancellable(&bought, cancelled)?;
        let gained = |address: Address, before: Wei| {
            Ok::<_, ApiError>((self.practice.balance(address)?.0 - before.0).to_string())
        };
        let owner = self.song(&song.song)?.minted.map(|mint| mint.owner).unwrap_or_default();
        Ok(DemoDocument {
            played,
            cids: CidsDocument { audio: kept.audio, cover: kept.cover, metadata: kept.metadata },
            mint: MintDocument { contract: mint.contract, token_id: mint.token_id, tx: mint.tx, creator: mint.creator },
            listing: ListingDocument { order_hash: listing.order_hash, seller: listing.seller },
            sale: SaleDocument {
                tx: self.sent_by(&bought)?,
                price_wei: listing.price_wei,
                royalty_wei: listing.royalty_wei,
                buyer: buyer.to_string(),
                seller_delta_wei: gained(seller, before.1)?,
                creator_delta_wei: gained(creator, before.0)?,
            },
            owner,
            song,
        })
    }

    /// Runs a job while watching for a cancel; gives the song it is about.
    fn run_cancellable(&self, job: &str, cancelled: &(dyn Fn() -> bool + Sync)) -> Result<String> {
        let ended = std::sync::atomic::AtomicBool::new(false);
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                    if cancelled() {
                        let _already_ended = self.cancel_job(job);
                        return;
                    }
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
            });
            let outcome = self.run_job(job);
            ended.store(true, std::sync::atomic::Ordering::Relaxed);
            outcome
        })?;
        outcome
            .song
            .ok_or_else(|| ApiError::new(ErrorCode::Internal, "the job ended without its song; run the demo again"))
    }
}

fn mia(seed: Option<String>) -> MakeRequest {
    MakeRequest {
        occasion: "birthday".into(),
        name: "Mia".into(),
        say: None,
        age: Some(7),
        about: "she loves dinosaurs; her dog Biscuit".into(),
        mood: "joyful".into(),
        style: "pop".into(),
        language: "en".into(),
        lyrics: None,
        seed,
        takes: 1,
    }
}
