//! Writing a song's files where a person wants them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::App;
use crate::documents::MakeDocument;
use crate::error::Result;
use crate::types::ApiError;

/// Leaves room for " - vocals.wav.partial" within the 255 bytes that file systems allow.
const MAX_NAME_BYTES: usize = 180;

impl App {
    /// Copies one kind of file of the chosen take into a folder; gives the paths written.
    ///
    /// `format` is "wav", "stems", "midi" or "lrc".
    ///
    /// # Errors
    /// `BadInput` for another format, `DiskFull` or `Io` when a file cannot be written. Files of the same name are
    /// replaced only once the new one is whole.
    pub fn export_song(&self, song: &str, format: &str, folder: &Path) -> Result<Vec<PathBuf>> {
        let (number, take) = self.chosen_take(song)?;
        let from = self.home.take(song, number);
        let title = file_name(&self.library.song(song)?.title);
        let files: Vec<(PathBuf, String)> = match format {
            "wav" => vec![(from.join("song.wav"), format!("{title}.wav"))],
            "midi" => vec![(from.join("song.mid"), format!("{title}.mid"))],
            "lrc" => vec![(from.join("song.lrc"), format!("{title}.lrc"))],
            "stems" => take
                .stems
                .iter()
                .map(|stem| {
                    (from.join(format!("stems/{}.wav", stem.as_str())), format!("{title} - {}.wav", stem.as_str()))
                })
                .collect(),
            other => {
                return Err(ApiError::bad_input(format!(
                    "cannot export as “{other}”; choose one of: wav, stems, midi, lrc"
                )));
            }
        };
        fs::create_dir_all(folder).map_err(|error| ApiError::from_io(&error, "cannot create the folder"))?;
        let folder = folder.canonicalize().map_err(|error| ApiError::from_io(&error, "cannot use the folder"))?;
        files.iter().map(|(from, name)| copy(from, &folder.join(name))).collect()
    }

    /// Copies everything of a made song into a folder and points the document at the copies.
    pub fn export_all(&self, document: &mut MakeDocument, folder: &Path) -> Result<()> {
        for (format, path) in [("wav", &mut document.audio), ("midi", &mut document.midi), ("lrc", &mut document.lrc)] {
            if let Some(written) = self.export_song(&document.song, format, folder)?.pop() {
                *path = written;
            }
        }
        let stems = self.export_song(&document.song, "stems", folder)?;
        for (path, written) in document.stems.values_mut().zip(stems) {
            *path = written;
        }
        Ok(())
    }

    /// The sound file of a song's chosen take.
    pub fn audio_file(&self, song: &str) -> Result<PathBuf> {
        Ok(self.home.take(song, self.library.song(song)?.chosen).join("song.wav"))
    }
}

fn copy(from: &Path, to: &Path) -> Result<PathBuf> {
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    let copied = fs::copy(from, &partial).and_then(|_| fs::rename(&partial, to));
    copied.map_err(|error| {
        let _half_written = fs::remove_file(&partial);
        ApiError::from_io(&error, "cannot export the song")
    })?;
    Ok(to.to_owned())
}

/// A title as a file name that every system takes.
fn file_name(title: &str) -> String {
    let clean: String =
        title.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = clean.trim_matches(['.', ' ']);
    let mut end = clean.len().min(MAX_NAME_BYTES);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    match clean[..end].trim_end() {
        "" => "song".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn titles_become_safe_file_names() {
        assert_eq!(file_name("Mia: 7/8? <yes>"), "Mia 7 8 yes");
        assert_eq!(file_name("../.."), "song");
        assert_eq!(file_name("生日快乐"), "生日快乐");
        assert!(file_name(&"生".repeat(120)).len() <= 180);
    }
}
