//! How long the nearest of 100,000 vectors of 384 numbers take, on one core.
//!
//! `cargo bench --bench nearest -- [COUNT] [DIMENSION]`
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark takes the time and prints it"
)]

use std::time::{Duration, Instant};

use docgen::fix::Vectors;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|it| it.parse().ok());
    let count: usize = numbers.next().unwrap_or(100_000);
    let dimension: usize = numbers.next().unwrap_or(384);
    let mut random = fastrand::Rng::with_seed(1);
    let mut draw = || -> Vec<f32> {
        let raw: Vec<f32> = (0..dimension).map(|_| random.f32() - 0.5).collect();
        let length = raw.iter().map(|it| it * it).sum::<f32>().sqrt();
        raw.into_iter().map(|it| it / length).collect()
    };
    let mut vectors = Vectors::new(dimension);
    for _ in 0..count {
        vectors.push(&draw());
    }
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let asked = draw();
            let start = Instant::now();
            let found = vectors.nearest(&asked, 3);
            assert_eq!(found.len(), 3.min(count));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{count} vectors of {dimension} numbers: median {:.1} ms, at most {:.1} ms of 200 questions",
        times[100].as_secs_f64() * 1e3,
        times[199].as_secs_f64() * 1e3,
    );
}
