//! How long each stage of a song takes, with and without assets.

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{Criterion, criterion_group, criterion_main};
use generate::{Assets, Engine, Request, Songsmith, cover};
use score::{Brief, Language, Mood, Occasion, Seed, Style};

fn request() -> Request {
    let brief = Brief {
        occasion: Occasion::Birthday,
        name: "Mia".into(),
        say: None,
        age: Some(7),
        facts: vec!["dinosaurs".into(), "her dog Biscuit".into()],
        mood: Mood::Joyful,
        style: Style::Pop,
        language: Language::English,
    };
    Request { brief, seed: Seed(7), lyrics: None }
}

fn songs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("song");
    group.sample_size(10);
    let assets = Assets::find(&[]).unwrap_or(Assets::NONE);
    for (name, engine) in [("recordings", Songsmith::new(assets)), ("calculated", Songsmith::new(Assets::NONE))] {
        let make = || engine.generate(&request(), &mut |_| ControlFlow::Continue(()));
        match make() {
            Ok(song) => {
                println!("{name}: {:.1} s of song, first time, by stage: {:.2?}", song.mix.duration_s(), song.seconds);
            }
            Err(error) => {
                println!("{name}: {error}");
                continue;
            }
        }
        if let Ok(song) = make() {
            println!("{name}: again, by stage: {:.2?}", song.seconds);
            group.bench_function(format!("{name}/cover"), |b| b.iter(|| black_box(cover(&song.score, 1024))));
        }
        group.bench_function(format!("{name}/whole"), |b| b.iter(|| black_box(make())));
    }
    group.finish();
}

criterion_group!(benches, songs);
criterion_main!(benches);
