//! Makes a song, writes it with its stems and cover into a folder, and prints what an engineer would look at.
//!
//! `cargo run --release -p generate --example listen -- FOLDER STYLE SEED [bare]`

use std::error::Error;
use std::ops::ControlFlow;
use std::path::PathBuf;

use dsp::{BitDepth, Stereo, band_power, write_wav};
use generate::{Assets, Engine, Request, Songsmith, cover, lrc, midi};
use score::{Brief, Language, Mood, Occasion, Seed, Style};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, style, seed, rest @ ..] = arguments.as_slice() else {
        return Err("say: FOLDER STYLE SEED [bare]".into());
    };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let style: Style = style.parse()?;
    let request = Request {
        brief: Brief {
            occasion: if style == Style::Lullaby { Occasion::Lullaby } else { Occasion::Birthday },
            name: "Mia".into(),
            say: None,
            age: Some(7),
            facts: vec!["dinosaurs".into(), "her dog Biscuit".into()],
            mood: Mood::Joyful,
            style,
            language: Language::English,
        },
        seed: Seed(seed.parse()?),
        lyrics: None,
    };
    let assets = if rest.is_empty() { Assets::find(&[])? } else { Assets::NONE };
    let engine = Songsmith::new(assets);
    let song = engine.generate(&request, &mut |_| ControlFlow::Continue(()))?;

    println!(
        "{} ({}, {}, {:.0} bpm, {:.1} s)",
        song.score.lyrics.title,
        style,
        song.score.key.name(),
        song.score.tempo.bpm(),
        song.mix.duration_s()
    );
    println!("{:?} {:.2?}", song.loudness, song.seconds);
    write_wav(&folder.join("song.wav"), &song.mix, BitDepth::Int24, seed.parse()?)?;
    std::fs::write(folder.join("song.mid"), midi(&song.score)?)?;
    std::fs::write(folder.join("song.lrc"), lrc(&song.timeline, &song.score.lyrics.title))?;
    let begun = std::time::Instant::now();
    std::fs::write(folder.join("cover.png"), cover(&song.score, 1024)?)?;
    println!("cover {:.2} s", begun.elapsed().as_secs_f64());

    println!("{:9} {:>7} {:>7} | dB in <120, 120-500, 500-1k, 1-4k, 4-10k, >10k Hz", "stem", "LUFS", "peak");
    for (kind, clip) in &song.stems {
        println!("{}", row(kind.as_str(), clip)?);
        write_wav(&folder.join(format!("{}.wav", kind.as_str())), clip, BitDepth::Int24, seed.parse()?)?;
    }
    println!("{}", row("mix", &song.mix)?);
    let band = dsp::mix(song.stems.iter().skip(1).map(|(_, clip)| clip));
    println!("{}", row("band", &band)?);
    let sung = |clip: &Stereo| {
        let mono = clip.to_mono();
        let lines =
            song.timeline.lyrics.iter().map(|line| clip.rate.frames(line.start_s)..clip.rate.frames(line.end_s));
        let samples: Vec<f32> = lines.flat_map(|span| mono.get(span).unwrap_or_default()).copied().collect();
        10.0 * band_power(&samples, clip.rate, 1_000.0..4_000.0).max(1e-12).log10()
    };
    println!("voice to band while she sings, 1 to 4 kHz: {:.1} dB", sung(&song.stems[0].1) - sung(&band));
    Ok(())
}

fn row(name: &str, clip: &Stereo) -> Result<String, dsp::Error> {
    let loudness = dsp::loudness(clip)?;
    let edges = [20.0, 120.0, 500.0, 1_000.0, 4_000.0, 10_000.0, 20_000.0];
    let bands: Vec<String> = edges.windows(2).map(|edge| format!("{:6.1}", in_band(clip, edge[0], edge[1]))).collect();
    Ok(format!("{name:9} {:7.1} {:7.1} | {}", loudness.lufs, loudness.true_peak_dbtp, bands.join(" ")))
}

fn in_band(clip: &Stereo, from: f64, to: f64) -> f64 {
    let power = band_power(&clip.left, clip.rate, from..to) + band_power(&clip.right, clip.rate, from..to);
    10.0 * power.max(1e-12).log10()
}
