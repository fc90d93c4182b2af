//! The Keepsong window: a shell over `app`.

mod commands;

use std::path::PathBuf;

use app::types::{ApiError, AppEvent, ErrorCode};
use app::{App, Home};
use tauri::{Emitter, Manager};
use tauri_specta::ErrorHandlingMode;

pub use commands::Opened;

/// The event that carries every [`AppEvent`].
const EVENT: &str = "app-event";

/// The commands and types of the window, from which TypeScript is generated.
pub fn bindings() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::<tauri::Wry>::new()
        .disable_serde_phases()
        .commands(commands::all())
        .typ::<AppEvent>()
        .error_handling(ErrorHandlingMode::Throw)
}

/// Opens the window on a home and runs until it is closed.
///
/// # Errors
/// When the system gives no window. A home that cannot be opened is shown inside the window instead.
pub fn run(home: Option<PathBuf>) -> tauri::Result<()> {
    let builder = bindings();
    tauri::Builder::default()
        .invoke_handler(builder.invoke_handler())
        .setup(move |tauri| {
            let opened = open(home, tauri.handle().clone());
            if let Ok(app) = &opened {
                tauri.asset_protocol_scope().allow_directory(app.songs_folder(), true)?;
            }
            tauri.manage(Opened(opened));
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn open(home: Option<PathBuf>, window: tauri::AppHandle) -> app::Result<App> {
    let home = home.or_else(Home::default_path).ok_or_else(|| {
        ApiError::new(ErrorCode::BadInput, "there is no home folder to keep songs in; set KEEPSONG_HOME to one")
    })?;
    let app = App::open(&home)?;
    app.subscribe(Box::new(move |event| {
        // A window that is closing hears nothing more.
        let _closing = window.emit(EVENT, event);
    }));
    app.start()?;
    Ok(app)
}
