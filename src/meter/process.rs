//! What this process has taken of its machine, as far as the system tells.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the system is asked here"
)]

use std::path::Path;

use super::record::{Machine, Process};

/// What this process has taken so far.
pub fn process() -> Process {
    system::process()
}

/// The machine; of its disks the one that `folder` lies on.
pub fn machine(folder: Option<&Path>) -> Machine {
    let cores = std::thread::available_parallelism().ok();
    Machine {
        cores: cores.map(|it| it.get() as u64),
        free_disk: folder.and_then(free_disk),
        ..system::machine()
    }
}

#[cfg(unix)]
fn free_disk(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
fn free_disk(_: &Path) -> Option<u64> {
    None
}

/// The kernel tells in files; nothing is linked in for it.
#[cfg(target_os = "linux")]
mod system {
    use std::fs;

    use super::{Machine, Process};

    /// Ticks a second in what the kernel tells programs, whatever its own clock is.
    const TICKS: f64 = 100.0;

    pub(super) fn process() -> Process {
        let status = read("/proc/self/status");
        let io = read("/proc/self/io");
        Process {
            peak_memory: named(&status, "VmHWM:").and_then(|it| it.checked_mul(1024)),
            cpu: cpu(&read("/proc/self/stat")),
            read: named(&io, "read_bytes:"),
            written: named(&io, "write_bytes:"),
        }
    }

    pub(super) fn machine() -> Machine {
        let memory = read("/proc/meminfo");
        let bytes = |name| named(&memory, name).and_then(|it| it.checked_mul(1024));
        let load = read("/proc/loadavg");
        Machine {
            memory: bytes("MemTotal:"),
            free_memory: bytes("MemAvailable:"),
            load: load.split(' ').next().and_then(|it| it.parse().ok()),
            ..Machine::default()
        }
    }

    fn read(path: &str) -> String {
        fs::read_to_string(path).unwrap_or_default()
    }

    /// The first number behind a name at the start of a line.
    fn named(text: &str, name: &str) -> Option<u64> {
        let line = text.lines().find_map(|it| it.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// User's and system's seconds. The process's name stands before them, in brackets, and may hold anything.
    fn cpu(stat: &str) -> Option<f64> {
        let (_, behind) = stat.rsplit_once(')')?;
        let mut fields = behind.split_whitespace().skip(11);
        let mut ticks = || fields.next()?.parse::<f64>().ok();
        Some((ticks()? + ticks()?) / TICKS)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_name_may_hold_brackets_and_spaces() {
            let stat = "7 (a) b) 1 2) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0";
            assert_eq!(cpu(stat), Some(3.0));
            assert_eq!(cpu(""), None);
            assert_eq!(
                named("VmPeak: 1 kB\nVmHWM:\t  640 kB\n", "VmHWM:"),
                Some(640)
            );
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{Machine, Process};

    pub(super) fn process() -> Process {
        Process::default()
    }

    pub(super) fn machine() -> Machine {
        Machine::default()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_taken_something() {
        let before = process();
        let ballast = vec![1_u8; 64 << 20];
        let mut sum = 0_u64;
        loop {
            sum += ballast.iter().map(|it| u64::from(*it)).sum::<u64>();
            if process().cpu > before.cpu.map(|it| it + 0.02) {
                break;
            }
        }
        assert!(sum > 0 && process().peak_memory > Some(64 << 20));
        let machine = machine(Some(Path::new("/")));
        assert!(machine.cores > Some(0) && machine.memory > machine.free_memory);
        assert!(machine.free_memory > Some(0) && machine.load >= Some(0.0));
        assert!(machine.free_disk.is_some());
    }
}
