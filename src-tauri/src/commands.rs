//! What the window may ask: each command calls one function of `app` off the main thread.

use app::types::{
    ApiError, AppInfo, DeviceView, ErrorCode, JobView, ListingView, MakeRequest, PlayerView, SaleTerms, Settings,
    SongPage, SongQuery, SongView, WalletView,
};
use app::{App, Result};
use tauri::State;

/// The app, or why it could not be opened: then every command says so.
pub struct Opened(pub Result<App>);

type Shared<'a> = State<'a, Opened>;

async fn with_app<T: Send + 'static>(
    opened: Shared<'_>,
    act: impl FnOnce(&App) -> Result<T> + Send + 'static,
) -> Result<T> {
    let app = opened.0.clone()?;
    let ended = tauri::async_runtime::spawn_blocking(move || act(&app)).await;
    ended.unwrap_or_else(|_| {
        Err(ApiError::new(
            ErrorCode::Internal,
            "this is a bug of ours; what was saved is safe. Try again, and if it comes again report it",
        ))
    })
}

/// Declares commands that pass their arguments to the method of the same name.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) -> $out:ty = $call:expr;)+) => {
        $($(#[$doc])*
        #[tauri::command]
        #[specta::specta]
        pub async fn $name(opened: Shared<'_>, $($arg: $type),*) -> std::result::Result<$out, ApiError> {
            with_app(opened, move |app| ($call)(app, $($arg),*)).await
        })+

        /// Every command, for the invoke handler and the generated TypeScript.
        pub fn all() -> tauri_specta::Commands<tauri::Wry> {
            tauri_specta::collect_commands![$($name),+]
        }
    };
}

commands! {
    app_info() -> AppInfo = |app: &App| app.info();
    save_settings(settings: Settings) -> () = |app: &App, settings: Settings| app.save_settings(&settings);
    make_song(request: MakeRequest) -> String = |app: &App, request: MakeRequest| app.make_song(&request);
    jobs() -> Vec<JobView> = |app: &App| app.jobs();
    cancel_job(id: String) -> () = |app: &App, id: String| app.cancel_job(&id);
    retry_job(id: String) -> () = |app: &App, id: String| app.retry_job(&id);
    dismiss_job(id: String) -> () = |app: &App, id: String| app.dismiss_job(&id);
    songs(query: SongQuery) -> SongPage = |app: &App, query: SongQuery| app.songs(&query);
    song(id: String) -> SongView = |app: &App, id: String| app.song(&id);
    choose_take(id: String, number: u32) -> () = |app: &App, id: String, number| app.choose_take(&id, number);
    rename_song(id: String, title: String) -> () = |app: &App, id: String, title: String| app.rename_song(&id, &title);
    delete_song(id: String) -> () = |app: &App, id: String| app.delete_song(&id);
    restore_song(id: String) -> () = |app: &App, id: String| app.restore_song(&id);
    export_song(id: String, format: String, folder: String) -> Vec<String> = |app: &App, id: String, format: String, folder: String| {
        let written = app.export_song(&id, &format, folder.as_ref())?;
        Ok(written.iter().map(|path| path.display().to_string()).collect())
    };
    play(id: String, take: Option<u32>) -> () = |app: &App, id: String, take| app.play(&id, take);
    pause() -> () = |app: &App| app.pause();
    resume() -> () = |app: &App| app.resume();
    seek(seconds: f64) -> () = |app: &App, seconds| app.seek(seconds);
    set_volume(volume: f32) -> () = |app: &App, volume| app.set_volume(volume);
    next_song() -> () = |app: &App| app.next_song();
    enqueue(id: String) -> () = |app: &App, id: String| app.enqueue(&id);
    unqueue(index: u32) -> () = |app: &App, index| app.unqueue(index);
    player() -> PlayerView = |app: &App| app.player();
    devices() -> Vec<DeviceView> = |app: &App| app.devices();
    keep_song(id: String) -> String = |app: &App, id: String| app.keep_song(&id);
    mint_terms(id: String, royalty_bps: u16) -> SaleTerms = |app: &App, id: String, royalty_bps| app.mint_terms(&id, royalty_bps);
    mint_song(id: String, royalty_bps: u16) -> String = |app: &App, id: String, royalty_bps| app.mint_song(&id, royalty_bps, app::YOU);
    list_terms(id: String, price: String) -> SaleTerms = |app: &App, id: String, price: String| app.list_terms(&id, &price);
    list_song(id: String, price: String) -> String = |app: &App, id: String, price: String| app.list_song(&id, &price);
    unlist(order_hash: String) -> String = |app: &App, order_hash: String| app.unlist(&order_hash);
    market(search: String) -> Vec<ListingView> = |app: &App, search: String| app.market(&search);
    buy_terms(order_hash: String, account: String) -> SaleTerms = |app: &App, order_hash: String, account: String| app.buy_terms(&order_hash, &account);
    buy(order_hash: String, account: String) -> String = |app: &App, order_hash: String, account: String| app.buy(&order_hash, &account);
    wallet() -> WalletView = |app: &App| app.wallet();
    faucet(account: String) -> () = |app: &App, account: String| app.faucet(&account);
}
