//! Turns what `make contracts` compiled (hex in contracts/out) into bytes that the crate includes.

use std::{env, fs, path::Path, process::exit};

fn main() {
    let contracts = Path::new("../../contracts/out");
    let out = env::var("OUT_DIR").unwrap_or_default();
    for name in ["song_edition.init", "seaport.init", "conduit_controller"] {
        let source = contracts.join(format!("{name}.hex"));
        println!("cargo::rerun-if-changed={}", source.display());
        let code = fs::read_to_string(&source).ok().and_then(|text| decode(text.trim()));
        let Some(code) = code else {
            stop(&format!("{} is missing or damaged: run `make contracts` first", source.display()));
        };
        if let Err(error) = fs::write(Path::new(&out).join(format!("{name}.bin")), code) {
            stop(&format!("could not write the contract code to {out}: {error}"));
        }
    }
}

fn decode(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.strip_prefix("0x")?.as_bytes();
    let pairs = digits.chunks(2).map(|pair| {
        let text = std::str::from_utf8(pair).ok().filter(|text| text.len() == 2)?;
        u8::from_str_radix(text, 16).ok()
    });
    pairs.collect::<Option<Vec<u8>>>().filter(|bytes| !bytes.is_empty())
}

fn stop(sentence: &str) -> ! {
    println!("cargo::error={sentence}");
    eprintln!("{sentence}");
    exit(1)
}
