//! Mending as a whole: hostile files, hostile disks.
