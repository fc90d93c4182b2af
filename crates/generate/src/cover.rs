//! Cover art from the song itself: a record whose grooves are the sung lines.
//!
//! Each line is a ring, the first innermost. Around the ring the melody rises and falls, swelling at each note;
//! choruses glow in the accent colour; the notes that sing the name are set with lights; drum hits are ticks at the
//! rim. Key, tempo and tune choose the colours.

use std::f32::consts::TAU;
use std::ops::Range;

use score::{Scale, Score, SectionKind, StemKind};

use crate::GenerateError;

/// A square PNG of `pixels` a side, the same for the same score.
///
/// # Errors
/// [`GenerateError::CoverSize`] outside 16 to 4096 pixels, [`GenerateError::Cover`] if the image cannot be encoded.
pub fn cover(score: &Score, pixels: u32) -> Result<Vec<u8>, GenerateError> {
    if !(16..=4096).contains(&pixels) {
        return Err(GenerateError::CoverSize { pixels });
    }
    let mut canvas = Canvas::new(pixels as usize);
    let palette = Palette::of(score);
    paint_ground(&mut canvas, &palette);
    paint_rim(&mut canvas, &palette, score);
    for groove in grooves(score) {
        paint_groove(&mut canvas, &palette, &groove);
    }
    paint_centre(&mut canvas, &palette);
    encode(&canvas, pixels)
}

/// Linear red, green and blue.
type Colour = [f32; 3];

/// The colours of a song.
struct Palette {
    edge: Colour,
    ground: Colour,
    verse: [Colour; 2],
    accent: [Colour; 2],
    light: Colour,
}

/// Hues in turns of (accent, verses, ground) that go together; major keys choose among the first five.
const HUES: [[f32; 3]; 8] = [
    [0.07, 0.24, 0.42],
    [0.99, 0.16, 0.80],
    [0.20, 0.48, 0.60],
    [0.12, 0.98, 0.90],
    [0.24, 0.04, 0.68],
    [0.58, 0.80, 0.72],
    [0.86, 0.62, 0.66],
    [0.16, 0.66, 0.76],
];

impl Palette {
    /// The key's scale and the tune choose the hues; fast songs are more saturated.
    fn of(score: &Score) -> Self {
        let speed = ((score.tempo.bpm() as f32 - 70.0) / 70.0).clamp(0.0, 1.0);
        let chroma = 0.11 + 0.05 * speed;
        let tune = score.melody.iter().fold(17_usize, |sum, sung| {
            sum.wrapping_mul(31).wrapping_add(usize::from(sung.note.pitch)).wrapping_add(sung.note.onset.0 as usize)
        });
        let [accent, verse, ground] = match score.key.scale {
            Scale::Major => HUES[tune / 7 % 5],
            Scale::Minor => HUES[5 + tune / 7 % 3],
        };
        Self {
            edge: oklch(0.16, 0.05, ground + 0.04),
            ground: oklch(0.33, 0.085, ground),
            verse: [oklch(0.66, chroma, verse + 0.03), oklch(0.80, chroma * 0.85, verse - 0.06)],
            accent: [oklch(0.70, chroma * 1.2, accent - 0.02), oklch(0.85, chroma, accent + 0.06)],
            light: oklch(0.97, 0.03, accent + 0.1),
        }
    }
}

/// Lightness 0 to 1, chroma, hue in turns. Source: Björn Ottosson, "A perceptual color space for image processing".
fn oklch(lightness: f32, chroma: f32, hue: f32) -> Colour {
    let (a, b) = (chroma * (TAU * hue).cos(), chroma * (TAU * hue).sin());
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        (4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s).clamp(0.0, 1.0),
        (-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s).clamp(0.0, 1.0),
        (-0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s).clamp(0.0, 1.0),
    ]
}

fn between(from: Colour, to: Colour, share: f32) -> Colour {
    std::array::from_fn(|i| from[i] + (to[i] - from[i]) * share.clamp(0.0, 1.0))
}

/// Linear light, row by row; positions are in units of the side, 0 to 1.
struct Canvas {
    side: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    fn new(side: usize) -> Self {
        Self { side, pixels: vec![[0.0; 3]; side * side] }
    }

    /// Lays a disc over what is there. Its edge is soft over one pixel, or over its whole radius when `glowing`.
    fn disc(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour, opacity: f32, glowing: bool) {
        let scale = self.side as f32;
        let (x, y, radius) = (x * scale, y * scale, radius * scale);
        let reach = if glowing { radius } else { radius + 0.5 };
        let (columns, rows) = (self.span(x, reach), self.span(y, reach));
        for row in rows {
            for column in columns.clone() {
                let distance = (column as f32 + 0.5 - x).hypot(row as f32 + 0.5 - y);
                let cover = if glowing {
                    (1.0 - distance / radius).max(0.0).powi(2)
                } else {
                    (radius + 0.5 - distance).clamp(0.0, 1.0)
                };
                if cover > 0.0 {
                    let pixel = &mut self.pixels[row * self.side + column];
                    *pixel = between(*pixel, colour, cover * opacity);
                }
            }
        }
    }

    fn span(&self, middle: f32, reach: f32) -> Range<usize> {
        let low = (middle - reach).floor().max(0.0) as usize;
        let high = (middle + reach).ceil().max(0.0) as usize;
        low.min(self.side)..(high + 1).min(self.side)
    }
}

/// A point on the record: `turn` from the top, clockwise.
fn polar(radius: f32, turn: f32) -> (f32, f32) {
    (0.5 + radius * (TAU * turn).sin(), 0.5 - radius * (TAU * turn).cos())
}

fn paint_ground(canvas: &mut Canvas, palette: &Palette) {
    let side = canvas.side as f32;
    for (index, pixel) in canvas.pixels.iter_mut().enumerate() {
        let (x, y) = ((index % canvas.side) as f32 / side, (index / canvas.side) as f32 / side);
        let from_light = (x - 0.38).hypot(y - 0.34) / 0.85;
        let share = (1.0 - from_light).clamp(0.0, 1.0);
        *pixel = between(palette.edge, palette.ground, share * share * (3.0 - 2.0 * share));
    }
}

/// Drum hits of the whole song once around the rim, stronger ones longer; without drums, the bass.
fn paint_rim(canvas: &mut Canvas, palette: &Palette, score: &Score) {
    let end = score.end().0.max(1) as f32;
    let part = [StemKind::Drums, StemKind::Bass].iter().find_map(|kind| score.parts.iter().find(|p| p.stem == *kind));
    for note in part.iter().flat_map(|part| &part.notes) {
        let turn = note.onset.0 as f32 / end;
        let weight = f32::from(note.velocity) / 127.0;
        // Low keys are kicks and toms: nearer the middle.
        let radius = 0.462 + 0.012 * (f32::from(note.pitch.clamp(35, 55)) - 35.0) / 20.0;
        let colour = between(palette.verse[0], palette.light, weight * 0.5);
        canvas.disc(polar(radius, turn), 0.0008 + 0.0016 * weight, colour, 0.25 + 0.5 * weight, false);
    }
}

/// A sung line as a ring.
struct Groove {
    radius: f32,
    /// Half the free space to the next ring.
    room: f32,
    kind: SectionKind,
    /// 0 for the first line of the song, 1 for the last.
    place: f32,
    notes: Vec<GrooveNote>,
}

struct GrooveNote {
    /// Turns from the top.
    span: Range<f32>,
    /// −1 to 1 around the middle of the song's range.
    height: f32,
    weight: f32,
    is_name: bool,
}

const INNER: f32 = 0.125;
const OUTER: f32 = 0.435;

fn grooves(score: &Score) -> Vec<Groove> {
    let places = score.lyrics.syllables();
    let mut lines: Vec<(SectionKind, Vec<(score::Note, bool)>)> = Vec::new();
    let mut current = None;
    for sung in &score.melody {
        let Some(place) = places.get(sung.syllable) else { continue };
        if current != Some(place.line) {
            current = Some(place.line);
            let kind = score.lyrics.sections.get(place.section).map_or(SectionKind::Verse, |section| section.kind);
            lines.push((kind, Vec::new()));
        }
        if let Some((_, notes)) = lines.last_mut() {
            notes.push((sung.note, place.word.is_name));
        }
    }
    let pitches = || score.melody.iter().map(|sung| f32::from(sung.note.pitch));
    let (low, high) = (pitches().fold(127.0, f32::min), pitches().fold(0.0, f32::max));
    let longest = lines.iter().map(|(_, notes)| length(notes)).fold(1.0, f32::max);
    let count = lines.len().max(1) as f32;
    lines
        .iter()
        .enumerate()
        .map(|(number, (kind, notes))| {
            let start = notes.first().map_or(0, |(note, _)| note.onset.0) as f32;
            // Each line begins a little further round, so the breaths between lines wind outwards as a spiral.
            let begin = 0.07 * number as f32;
            let turn = |tick: u32| begin + 0.94 * (tick as f32 - start) / longest;
            Groove {
                radius: INNER + (OUTER - INNER) * (number as f32 + 0.5) / count,
                room: 0.5 * (OUTER - INNER) / count,
                kind: *kind,
                place: number as f32 / (count - 1.0).max(1.0),
                notes: notes
                    .iter()
                    .map(|(note, is_name)| GrooveNote {
                        span: turn(note.onset.0)..turn(note.end().0),
                        height: (2.0 * f32::from(note.pitch) - low - high) / (high - low).max(4.0),
                        weight: f32::from(note.velocity) / 127.0,
                        is_name: *is_name,
                    })
                    .collect(),
            }
        })
        .collect()
}

fn length(notes: &[(score::Note, bool)]) -> f32 {
    match (notes.first(), notes.last()) {
        (Some((first, _)), Some((last, _))) => (last.end() - first.onset).0 as f32,
        _ => 0.0,
    }
}

fn paint_groove(canvas: &mut Canvas, palette: &Palette, groove: &Groove) {
    let (Some(first), Some(last)) = (groove.notes.first(), groove.notes.last()) else { return };
    let colours = if groove.kind == SectionKind::Chorus { palette.accent } else { palette.verse };
    let (begin, end) = (first.span.start, last.span.end);
    let step = 0.45 / (canvas.side as f32 * TAU * groove.radius);
    let steps = ((end - begin) / step).ceil().max(1.0) as usize;

    // The height glides between notes; the width swells at each onset and thins towards the next.
    let mut points = Vec::with_capacity(steps);
    let (mut index, mut height) = (0, first.height);
    let glide = 1.0 - (-step / 0.008).exp();
    for number in 0..=steps {
        let turn = begin + step * number as f32;
        while index + 1 < groove.notes.len() && turn >= groove.notes[index + 1].span.start {
            index += 1;
        }
        let note = &groove.notes[index];
        height += glide * (note.height - height);
        let into = ((turn - note.span.start) / (note.span.end - note.span.start).max(1e-4)).clamp(0.0, 1.3);
        let swell = (into * 5.0).min(1.0) * (1.0 - 0.88 * into.min(1.0)) * if into > 1.0 { 0.35 } else { 1.0 };
        let taper = ((end - turn) / 0.02).clamp(0.0, 1.0).sqrt();
        let width = groove.room * (0.09 + 0.50 * swell * (0.5 + 0.5 * note.weight)) * taper;
        points.push((polar(groove.radius + 1.15 * groove.room * height, turn), width, height));
    }
    let colour = |height: f32| between(between(colours[0], colours[1], groove.place), colours[1], 0.35 + 0.35 * height);
    for (at, width, height) in points.iter().step_by(10) {
        canvas.disc(*at, width * 3.5 + groove.room * 0.6, colour(*height), 0.045, true);
    }
    for (at, width, height) in &points {
        canvas.disc(*at, *width, colour(*height), 1.0, false);
    }
    for note in groove.notes.iter().filter(|note| note.is_name) {
        let at = polar(groove.radius + 1.15 * groove.room * note.height, note.span.start + 0.004);
        canvas.disc(at, groove.room * 3.2, palette.accent[1], 0.45, true);
        canvas.disc(at, (groove.room * 0.62).max(0.0035), palette.light, 1.0, false);
    }
}

/// The label of the record: a small sun.
fn paint_centre(canvas: &mut Canvas, palette: &Palette) {
    let middle = (0.5, 0.5);
    canvas.disc(middle, 0.24, palette.accent[0], 0.30, true);
    canvas.disc(middle, 0.088, palette.accent[0], 1.0, false);
    canvas.disc((0.488, 0.484), 0.075, palette.accent[1], 0.85, true);
    canvas.disc(middle, 0.012, palette.edge, 1.0, false);
}

fn encode(canvas: &Canvas, pixels: u32) -> Result<Vec<u8>, GenerateError> {
    /// An 8 × 8 ordered dither: without it the dark gradients would show steps.
    fn threshold(x: usize, y: usize) -> f32 {
        let mut value = 0;
        for bit in 0..3 {
            let (x, y) = (x >> bit & 1, y >> bit & 1);
            value = value << 2 | (x ^ y) << 1 | y;
        }
        value as f32 / 64.0
    }
    let mut bytes = Vec::with_capacity(canvas.pixels.len() * 3);
    for (index, pixel) in canvas.pixels.iter().enumerate() {
        let lift = threshold(index % canvas.side, index / canvas.side);
        bytes.extend(pixel.map(|channel| (srgb(channel) * 255.0 + lift).floor().clamp(0.0, 255.0) as u8));
    }
    let failed = |error: png::EncodingError| GenerateError::Cover { reason: error.to_string() };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels, pixels);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

fn srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}
