//! How fast content is named and kept, in bytes a second: a song's WAV is about 16 MiB.

use std::hint::black_box;

use blobs::{Profile, Store, cid_of};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

const BYTES: usize = 16 * 1024 * 1024;

fn add(criterion: &mut Criterion) {
    let content: Vec<u8> = (0..BYTES as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut group = criterion.benchmark_group("add");
    group.throughput(Throughput::Bytes(BYTES as u64)).sample_size(10);
    for profile in Profile::ALL {
        group.bench_function(format!("name/{profile}"), |bench| {
            bench.iter(|| cid_of(black_box(content.as_slice()), profile).unwrap());
        });
    }
    group.bench_function("keep", |bench| {
        bench.iter_batched_ref(
            || {
                let folder = tempfile::tempdir().unwrap();
                (Store::open(folder.path()).unwrap(), folder)
            },
            |(store, _)| store.put(content.as_slice(), Profile::default()).unwrap(),
            BatchSize::PerIteration,
        );
    });
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let cid = store.put(content.as_slice(), Profile::default()).unwrap();
    group.bench_function("read", |bench| {
        bench.iter(|| store.cat(cid, std::io::sink()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, add);
criterion_main!(benches);
