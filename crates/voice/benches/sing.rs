//! How long singing takes: two lines of song, both singers. Real-time factor = time / 6.25 s.

#[path = "../tests/it/songs.rs"]
#[allow(dead_code)]
mod songs;

use criterion::{Criterion, criterion_group, criterion_main};

fn sing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sing");
    group.sample_size(10);
    for singer in songs::both() {
        let score = songs::scale();
        group.bench_function(singer.name(), |bencher| bencher.iter(|| songs::sing(&singer, &score)));
    }
    group.finish();
}

criterion_group!(benches, sing);
criterion_main!(benches);
