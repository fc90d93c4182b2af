//! Starts the window. `keepsong-desktop [--home DIR]`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let home = match (arguments.next(), arguments.next()) {
        (None, _) => None,
        (Some(flag), Some(folder)) if flag == "--home" => Some(folder.into()),
        _ => {
            eprintln!("usage: keepsong-desktop [--home DIR]");
            return ExitCode::from(2);
        }
    };
    if cfg!(target_os = "linux") && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        eprintln!("keepsong: there is no display to open a window on; use the command line instead: keepsong demo");
        return ExitCode::from(1);
    }
    match desktop::run(home) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("keepsong: the window cannot be opened ({error}); use the command line instead: keepsong demo");
            ExitCode::from(1)
        }
    }
}
