//! The crate table of ARCHITECTURE.md, as a test: an edge that the table does not have fails.

use std::process::Command;

/// `(crate, the workspace crates it may import, the guarded outside crates it may import)`.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("score", &[], &[]),
    ("dsp", &[], &[]),
    ("songwriter", &["score"], &[]),
    ("voice", &["score", "dsp"], &[]),
    ("generate", &["score", "dsp", "songwriter", "voice"], &[]),
    ("player", &["dsp"], &["cpal"]),
    ("blobs", &[], &[]),
    ("market", &["score"], &["alloy", "revm", "tokio"]),
    ("library", &["score"], &["rusqlite"]),
    ("app", &["score", "dsp", "songwriter", "generate", "player", "blobs", "market", "library"], &["tokio"]),
    ("cli", &["app"], &["tokio"]),
    ("desktop", &["app"], &["tauri"]),
    ("testkit", &["score"], &[]),
];

/// Outside crates that mark a layer: whoever may use them is said above.
const GUARDED: &[&str] = &["alloy", "candle-core", "cpal", "reqwest", "revm", "rusqlite", "tauri", "tokio"];

#[test]
fn each_crate_imports_only_what_the_table_allows() {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), TABLE.len(), "every crate has a row, every row a crate");
    let mut forbidden = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let (_, inside, outside) =
            TABLE.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("give `{name}` a row"));
        let imports =
            package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"] != "dev");
        for import in imports.map(|dependency| dependency["name"].as_str().unwrap()) {
            let ours = TABLE.iter().any(|row| row.0 == import);
            if (ours && !inside.contains(&import)) || (GUARDED.contains(&import) && !outside.contains(&import)) {
                forbidden.push(format!("{name} -> {import}"));
            }
        }
    }
    assert_eq!(forbidden, Vec::<String>::new(), "edges that the crate table does not have");
}
