//! Guides and pictures are compiled in: a changed one must build this crate anew.

fn main() {
    println!("cargo:rerun-if-changed=../../docs");
}
