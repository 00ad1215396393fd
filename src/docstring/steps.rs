//! How much is looked at: tests hold that it grows as the text does, without a clock.

#[cfg(test)]
thread_local! {
    static TAKEN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts `count` bytes or lines that were looked at; costs nothing but in tests.
pub(super) fn take(count: usize) {
    #[cfg(test)]
    TAKEN.with(|it| it.set(it.get() + count));
    #[cfg(not(test))]
    let _ = count;
}

/// What was counted on this thread while `work` was done.
#[cfg(test)]
pub(super) fn of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = TAKEN.with(std::cell::Cell::get);
    let done = work();
    (done, TAKEN.with(std::cell::Cell::get) - before)
}
