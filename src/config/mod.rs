//! The settings: defaults, the nearest file, the environment, flags.
