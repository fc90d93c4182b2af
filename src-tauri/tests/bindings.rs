//! The TypeScript that the screens are built on is the one these types generate.

use specta_typescript::Typescript;

/// `KEEPSONG_WRITE_BINDINGS=1 cargo test -p desktop` writes the file anew.
#[test]
fn the_generated_typescript_is_current() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/backend/bindings.ts");
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    desktop::bindings().export(Typescript::default(), &fresh).unwrap();
    let fresh = std::fs::read_to_string(fresh).unwrap();
    if std::env::var_os("KEEPSONG_WRITE_BINDINGS").is_some() {
        std::fs::write(committed, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(committed).unwrap();
    assert!(
        committed == fresh,
        "ui/src/backend/bindings.ts is stale; run: KEEPSONG_WRITE_BINDINGS=1 cargo test -p desktop"
    );
}
