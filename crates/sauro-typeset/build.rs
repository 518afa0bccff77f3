//! Checks that the faces are there. It never fetches them: a compiler must not fetch packages.

use std::path::Path;

fn main() {
    const FACE: &str = "../../ui/dist-paper/bvp-700.ttf";
    println!("cargo::rerun-if-changed={FACE}");
    if !Path::new(FACE).exists() {
        println!(
            "cargo::error=chưa có ui/dist-paper: chạy ./run hoặc `npm --prefix ui ci && npm --prefix ui run build`"
        );
    }
}
