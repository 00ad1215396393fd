//! The door: hands the arguments to the library and its answer to the shell.

fn main() -> std::process::ExitCode {
    docgen::cli::main()
}
