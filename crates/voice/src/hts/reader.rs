//! Reads a `.htsvoice` file: a text header, then numbers and trees at positions the header names.
//!
//! Only what singing uses is read: state durations, the mel-cepstral stream with its windows and its global variance.
//! Everything is checked here, so that singing itself cannot meet a bad index or a number that is not finite.
//! Source: the format of hts_engine API 1.05 and later, as its own voices show it.

use std::collections::HashMap;

use super::tree::{self, Forest, Pattern};

/// The stream that holds the spectrum.
const SPECTRUM: &str = "MCP";
/// What the singer's frames are made for.
const SAMPLE_RATE: &str = "32000";
const FRAME_PERIOD: &str = "160";
/// Sanity limits; real voices are far below.
const MAX_STATES: usize = 16;
const MAX_ORDER: usize = 128;

/// What is wrong with a voice file.
#[derive(Debug)]
pub(super) enum Defect {
    Damaged(String),
    Unsupported(String),
}

/// A normal distribution with a diagonal covariance.
#[derive(Debug)]
pub(super) struct Gaussian {
    pub mean: Vec<f64>,
    pub variance: Vec<f64>,
}

/// Distributions by state and the trees that choose among them.
#[derive(Debug)]
pub(super) struct Model {
    forest: Forest,
    gaussians: Vec<Vec<Gaussian>>,
}

impl Model {
    /// The distribution of a state, counted from 0.
    pub fn find(&self, state: usize, label: &str) -> Option<&Gaussian> {
        self.gaussians.get(state)?.get(self.forest.find(state, label)?)
    }
}

/// Everything the file says that singing uses.
#[derive(Debug)]
pub(super) struct VoiceData {
    /// Coefficients of a mel-cepstrum, with the zeroth.
    pub order: usize,
    /// All-pass constant of the mel scale.
    pub alpha: f64,
    /// Static, delta and further windows, each of odd length around the present frame.
    pub windows: Vec<Vec<f64>>,
    pub duration: Model,
    pub spectrum: Model,
    /// Variance of each coefficient over an utterance.
    pub global_variance: Option<Model>,
    /// Labels whose frames do not count for it.
    pub without_variance: Vec<Pattern>,
}

impl VoiceData {
    pub fn parse(bytes: &[u8]) -> Result<Self, Defect> {
        let file = File::open(bytes)?;
        for (key, expected) in [("SAMPLING_FREQUENCY", SAMPLE_RATE), ("FRAME_PERIOD", FRAME_PERIOD)] {
            let found = file.text(key)?;
            if found != expected {
                return Err(Defect::Unsupported(format!("{key} is {found}, not {expected}")));
            }
        }
        let stream = |key: &str| format!("{key}[{SPECTRUM}]");
        if !file.text("STREAM_TYPE")?.split(',').any(|name| name == SPECTRUM) {
            return Err(Defect::Unsupported(format!("it has no stream {SPECTRUM}")));
        }
        if file.text(&stream("IS_MSD"))? != "0" {
            return Err(Defect::Unsupported("its spectrum has gaps".into()));
        }
        let states = file.number("NUM_STATES", MAX_STATES)?;
        let order = file.number(&stream("VECTOR_LENGTH"), MAX_ORDER)?;
        let alpha = option(file.text(&stream("OPTION"))?, "ALPHA")?;
        if option(file.text(&stream("OPTION"))?, "GAMMA").is_ok_and(|gamma| gamma != 0.0) {
            return Err(Defect::Unsupported("its spectrum is not a mel-cepstrum".into()));
        }
        let windows = windows(&file, &stream("STREAM_WIN"))?;
        if windows.len() != file.number(&stream("NUM_WINDOWS"), 8)? {
            return Err(Defect::Damaged("a window is missing".into()));
        }
        let global_variance = (file.text(&stream("USE_GV"))? == "1")
            .then(|| file.model(&stream("GV_PDF"), &stream("GV_TREE"), 1, order))
            .transpose()?;
        Ok(Self {
            order,
            alpha,
            duration: file.model("DURATION_PDF", "DURATION_TREE", 1, states)?,
            spectrum: file.model(&stream("STREAM_PDF"), &stream("STREAM_TREE"), states, order * windows.len())?,
            windows,
            global_variance,
            without_variance: tree::patterns(file.text("GV_OFF_CONTEXT").unwrap_or("")),
        })
    }
}

/// The header as key and value, and the data behind it.
struct File<'a> {
    header: HashMap<&'a str, &'a str>,
    data: &'a [u8],
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Defect> {
        const MARK: &[u8] = b"[DATA]\n";
        const LONGEST_HEADER: usize = 64 * 1024;
        if !bytes.starts_with(b"[GLOBAL]") {
            return Err(Defect::Damaged("it does not begin like a voice".into()));
        }
        let head = &bytes[..bytes.len().min(LONGEST_HEADER)];
        let end = head
            .windows(MARK.len())
            .position(|window| window == MARK)
            .ok_or_else(|| Defect::Damaged("its header has no end".into()))?;
        let text = std::str::from_utf8(&bytes[..end]).map_err(|_| Defect::Damaged("its header is not text".into()))?;
        let header: HashMap<_, _> = text.lines().filter_map(|line| line.trim().split_once(':')).collect();
        let this = Self { header, data: &bytes[end + MARK.len()..] };
        // A truncated file is noticed here, before anything is read.
        let positions = text.split_once("[POSITION]").map_or("", |(_, positions)| positions);
        for (key, _) in positions.lines().filter_map(|line| line.split_once(':')) {
            this.sections(key)?;
        }
        Ok(this)
    }

    fn text(&self, key: &str) -> Result<&'a str, Defect> {
        self.header.get(key).copied().ok_or_else(|| Defect::Damaged(format!("its header has no {key}")))
    }

    fn number(&self, key: &str, limit: usize) -> Result<usize, Defect> {
        let text = self.text(key)?;
        match text.parse() {
            Ok(number) if (1..=limit).contains(&number) => Ok(number),
            _ => Err(Defect::Damaged(format!("its header gives {key} as {text}"))),
        }
    }

    /// The bytes of a key's sections, `first-last,first-last` with both ends inclusive.
    fn sections(&self, key: &str) -> Result<Vec<&'a [u8]>, Defect> {
        self.text(key)?
            .split(',')
            .map(|range| {
                let (first, last) = range.trim().split_once('-')?;
                let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
                self.data.get(first..last.checked_add(1)?)
            })
            .collect::<Option<_>>()
            .ok_or_else(|| Defect::Damaged(format!("the section {key} is not all there")))
    }

    fn section(&self, key: &str) -> Result<&'a [u8], Defect> {
        match self.sections(key)?.as_slice() {
            [section] => Ok(section),
            _ => Err(Defect::Damaged(format!("the section {key} is in pieces"))),
        }
    }

    fn model(&self, pdf_key: &str, tree_key: &str, trees: usize, len: usize) -> Result<Model, Defect> {
        let gaussians = gaussians(self.section(pdf_key)?, trees, len)
            .ok_or_else(|| Defect::Damaged(format!("the numbers of {pdf_key} make no sense")))?;
        let text = std::str::from_utf8(self.section(tree_key)?)
            .map_err(|_| Defect::Damaged(format!("the section {tree_key} is not text")))?;
        let leaves: Vec<usize> = gaussians.iter().map(Vec::len).collect();
        Ok(Model { forest: Forest::parse(text, &leaves)?, gaussians })
    }
}

/// A number from an option list, `ALPHA=0.45,…`.
fn option(list: &str, key: &str) -> Result<f64, Defect> {
    list.split(',')
        .filter_map(|item| item.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .and_then(|(_, value)| value.trim().parse::<f64>().ok())
        .filter(|value| value.abs() < 1.0)
        .ok_or_else(|| Defect::Damaged(format!("its header has no usable {key}")))
}

/// Windows as text: a count, then that many coefficients.
fn windows(file: &File<'_>, key: &str) -> Result<Vec<Vec<f64>>, Defect> {
    const LONGEST: usize = 9;
    file.sections(key)?
        .into_iter()
        .map(|bytes| {
            let mut words = std::str::from_utf8(bytes).ok()?.split_whitespace();
            let count: usize = words.next()?.parse().ok()?;
            let window: Vec<f64> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
            let usable = window.len() == count && count % 2 == 1 && count <= LONGEST;
            (usable && window.iter().all(|c| c.is_finite())).then_some(window)
        })
        .collect::<Option<_>>()
        .ok_or_else(|| Defect::Damaged(format!("the windows of {key} make no sense")))
}

/// For each tree a count; then for each distribution its means and its variances, all little-endian 32-bit.
fn gaussians(bytes: &[u8], trees: usize, len: usize) -> Option<Vec<Vec<Gaussian>>> {
    let (counts, numbers) = bytes.split_at_checked(4 * trees)?;
    let counts: Vec<usize> = counts.as_chunks().0.iter().map(|c| u32::from_le_bytes(*c) as usize).collect();
    let total = counts.iter().try_fold(0_usize, |sum, count| sum.checked_add(*count))?;
    if numbers.len() != total.checked_mul(8 * len)? || counts.contains(&0) {
        return None;
    }
    let numbers: Vec<f64> = numbers.as_chunks().0.iter().map(|c| f64::from(f32::from_le_bytes(*c))).collect();
    let mut rows = numbers.chunks_exact(2 * len).map(|row| {
        let (mean, variance) = row.split_at(len);
        let sane = mean.iter().all(|m| m.abs() < 1e6) && variance.iter().all(|v| (1e-12..1e12).contains(v));
        sane.then(|| Gaussian { mean: mean.to_vec(), variance: variance.to_vec() })
    });
    counts.into_iter().map(|count| rows.by_ref().take(count).collect::<Option<Vec<_>>>()).collect()
}
