//! Many vectors in one flat list, compared one after another: no index, and none of its errors.

use wide::f32x8;

/// Vectors of one length, each of length 1 in its direction.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    dimension: usize,
    numbers: Vec<f32>,
}

impl Vectors {
    /// None yet, of so many numbers each.
    pub const fn new(dimension: usize) -> Self {
        Self {
            dimension,
            numbers: Vec::new(),
        }
    }

    /// Adds one; whether it has the right number of numbers.
    pub fn push(&mut self, vector: &[f32]) -> bool {
        let fits = self.dimension > 0 && vector.len() == self.dimension;
        if fits {
            self.numbers.extend_from_slice(vector);
        }
        fits
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len() / self.dimension.max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Numbers of each.
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// The places of the `count` vectors whose directions are nearest to that of `asked`, the nearest first; of those that
    /// are as near as each other the first. None where `asked` is of another length.
    pub fn nearest(&self, asked: &[f32], count: usize) -> Vec<usize> {
        if asked.len() != self.dimension || self.dimension == 0 || count == 0 {
            return Vec::new();
        }
        let mut best: Vec<(f32, usize)> = Vec::with_capacity(count + 1);
        for (at, vector) in self.numbers.chunks_exact(self.dimension).enumerate() {
            let product = product(vector, asked);
            let is_full = best.len() == count;
            if is_full && best.last().is_some_and(|it| product <= it.0) {
                continue;
            }
            let place = best.partition_point(|it| it.0 >= product);
            best.insert(place, (product, at));
            best.truncate(count);
        }
        best.into_iter().map(|it| it.1).collect()
    }
}

/// The sum of the products, eight at a time.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let ((one, one_rest), (other, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut sums = f32x8::ZERO;
    for (a, b) in one.iter().zip(other) {
        sums += f32x8::from(*a) * f32x8::from(*b);
    }
    let rest: f32 = one_rest.iter().zip(other_rest).map(|(a, b)| a * b).sum();
    sums.reduce_add() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_as_when_all_are_sorted() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut draw = || -> Vec<f32> {
            let raw: Vec<f32> = (0..19).map(|_| random.f32() - 0.5).collect();
            let length = raw.iter().map(|it| it * it).sum::<f32>().sqrt();
            raw.into_iter().map(|it| it / length).collect()
        };
        let all: Vec<Vec<f32>> = (0..500).map(|_| draw()).collect();
        let mut vectors = Vectors::new(19);
        assert!(all.iter().all(|it| vectors.push(it)));
        let asked = draw();
        let plain = |it: &Vec<f32>| it.iter().zip(&asked).map(|(a, b)| a * b).sum::<f32>();
        let mut sorted: Vec<usize> = (0..500).collect();
        sorted.sort_by(|one, two| plain(&all[*two]).total_cmp(&plain(&all[*one])));
        assert_eq!(vectors.nearest(&asked, 10), sorted[..10]);
        assert_eq!(vectors.nearest(&all[77], 1), [77]);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let mut vectors = Vectors::new(2);
        assert!(!vectors.push(&[1.0]));
        assert!(vectors.push(&[1.0, 0.0]) && vectors.push(&[1.0, 0.0]));
        assert_eq!(vectors.nearest(&[0.0, 1.0], 9), [0, 1]);
        assert!(vectors.nearest(&[1.0], 1).is_empty());
        assert!(vectors.nearest(&[1.0, 0.0], 0).is_empty());
        assert_eq!((vectors.len(), Vectors::default().len()), (2, 0));
    }
}
