//! Packs the CMU pronouncing dictionary that the crate `cmudict-fast` ships into a table the program can search as it lies.
//!
//! Table, little-endian: `u16` symbol count, then the symbols separated by spaces and ended by `\n`; `u32` word count;
//! `u32` end offset of each entry; the entries, sorted by word: ASCII letters, then one byte `0x80 + symbol` a sound.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?);
    let dictionary = find_dictionary(&out)?;
    println!("cargo::rerun-if-changed={}", dictionary.display());
    let text = fs::read_to_string(&dictionary).map_err(|e| format!("cannot read {}: {e}", dictionary.display()))?;
    let out = out.join("lexicon.bin");
    fs::write(&out, pack(&text)?).map_err(|e| format!("cannot write {}: {e}", out.display()))
}

/// Asks cargo where it unpacked `cmudict-fast`: works for the registry, a mirror and vendored sources alike.
///
/// The question is put through a package of its own that depends on nothing else: the whole workspace would also need the
/// crates of other platforms and of tests, which this build may never have downloaded.
fn find_dictionary(out: &Path) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").ok_or("run this through cargo")?;
    let asker = out.join("asker");
    let manifest = asker.join("Cargo.toml");
    let text = "[package]\nname = \"asker\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n\
                [dependencies]\ncmudict-fast = \"0.8\"\n[workspace]\n";
    fs::create_dir_all(&asker)
        .and_then(|()| fs::write(&manifest, text))
        .and_then(|()| fs::write(asker.join("lib.rs"), ""))
        .map_err(|e| format!("cannot write {}: {e}", asker.display()))?;
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(&manifest)
        .output()
        .map_err(|e| format!("cannot run cargo metadata: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let json = String::from_utf8_lossy(&output.stdout);
    json.split("\"manifest_path\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| PathBuf::from(path.replace("\\\\", "\\")))
        .filter_map(|manifest| manifest.parent().map(Path::to_path_buf))
        .filter(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("cmudict-fast")))
        .map(|folder| folder.join("resources").join("cmudict.dict"))
        .find(|file| file.is_file())
        .ok_or_else(|| "the crate cmudict-fast came without resources/cmudict.dict; pin version 0.8".to_owned())
}

/// Keeps the first pronunciation of each word.
fn pack(text: &str) -> Result<Vec<u8>, String> {
    let mut symbols: Vec<&str> = Vec::new();
    let mut words: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut fields = line.split_ascii_whitespace();
        let Some(word) = fields.next() else { continue };
        if word.contains('(') || !word.is_ascii() || word.starts_with(';') {
            continue;
        }
        let mut sounds = Vec::new();
        for symbol in fields {
            let place = symbols.iter().position(|known| *known == symbol).unwrap_or_else(|| {
                symbols.push(symbol);
                symbols.len() - 1
            });
            sounds.push(u8::try_from(0x80 + place).map_err(|_| "more than 128 sounds in the dictionary")?);
        }
        if !sounds.is_empty() {
            words.entry(word).or_insert(sounds);
        }
    }
    if words.len() < 100_000 {
        return Err(format!("the dictionary has only {} words", words.len()));
    }
    let header = symbols.join(" ") + "\n";
    let mut table = u16::try_from(symbols.len()).map_err(|e| e.to_string())?.to_le_bytes().to_vec();
    table.extend(header.bytes());
    table.extend(u32::try_from(words.len()).map_err(|e| e.to_string())?.to_le_bytes());
    let mut end = 0_u32;
    for (word, sounds) in &words {
        end += u32::try_from(word.len() + sounds.len()).map_err(|e| e.to_string())?;
        table.extend(end.to_le_bytes());
    }
    for (word, sounds) in &words {
        table.extend(word.bytes());
        table.extend(sounds);
    }
    Ok(table)
}
