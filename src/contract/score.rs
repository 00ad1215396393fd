//! How much of what is asked is there.

use std::iter::Sum;
use std::ops::Add;

/// Earned out of possible weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The weight of what is there.
    pub earned: u32,
    /// The weight of what is asked.
    pub possible: u32,
}

impl Score {
    /// Earned of possible in per cent, 0 to 100; 100 where nothing is asked.
    pub fn percent(self) -> f64 {
        if self.possible == 0 {
            return 100.0;
        }
        f64::from(self.earned) * 100.0 / f64::from(self.possible)
    }

    /// Whether all that is asked is there.
    pub const fn is_complete(self) -> bool {
        self.earned >= self.possible
    }
}

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            earned: self.earned + other.earned,
            possible: self.possible + other.possible,
        }
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), Add::add)
    }
}
