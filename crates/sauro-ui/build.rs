//! Checks that the assets are there. It never builds them: a compiler must not fetch packages.

use std::path::Path;

fn main() {
    const MANIFEST: &str = "../../ui/dist/manifest.json";
    println!("cargo::rerun-if-changed={MANIFEST}");
    if !Path::new(MANIFEST).exists() {
        println!(
            "cargo::error=chưa có ui/dist: chạy ./run hoặc `npm --prefix ui ci && npm --prefix ui run build`"
        );
    }
}
