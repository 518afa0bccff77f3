use std::io::Write;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below that many bytes nothing is gained.
const LEAST_BYTES: usize = 512;

/// Above that, Brotli takes longer than a reader should wait for the first time.
const MOST_FOR_BROTLI: usize = 256 << 10;

/// Brotli's effort: below it pages are no smaller than with gzip, above it a page takes many times as long.
const BROTLI_QUALITY: u32 = 5;

/// How a body goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The smallest that whoever sent `headers` takes, of a body of `n_bytes`.
    pub(super) fn wanted(headers: &HeaderMap, n_bytes: usize) -> Self {
        let takes = |name: &str| {
            let said = headers.get_all(header::ACCEPT_ENCODING).iter();
            said.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(',')).any(|it| {
                let (word, weight) = it.split_once(';').unwrap_or((it, ""));
                word.trim().eq_ignore_ascii_case(name) && !is_nothing(weight)
            })
        };
        match n_bytes {
            n if n < LEAST_BYTES => Self::Identity,
            n if n <= MOST_FOR_BROTLI && takes("br") => Self::Brotli,
            _ if takes("gzip") => Self::Gzip,
            _ => Self::Identity,
        }
    }

    /// The value of `Content-Encoding`, and what tells the mark of this form from those of others.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// `plain` in this form; none when that fails.
    pub(super) fn encode(self, plain: &Bytes) -> Option<Bytes> {
        let mut out = Vec::with_capacity(plain.len() / 3);
        match self {
            Self::Identity => return Some(plain.clone()),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(&mut out, Compression::default());
                encoder.write_all(plain).ok()?;
                encoder.finish().ok()?;
            }
            Self::Brotli => {
                let mut encoder =
                    brotli::CompressorWriter::new(&mut out, 4_096, BROTLI_QUALITY, 20);
                encoder.write_all(plain).ok()?;
                encoder.flush().ok()?;
                drop(encoder);
            }
        }
        Some(out.into())
    }
}

/// Whether the weight `q=0` says that something is not taken.
fn is_nothing(weight: &str) -> bool {
    let value = weight.trim().strip_prefix("q=");
    value.is_some_and(|it| it.trim().parse::<f32>().is_ok_and(|it| it <= 0.0))
}
