//! What turns papers into PDF and drawings into pixels: it stands apart, because only the product is
//! to be compiled with it.

use super::layout::Layout;
use super::paper::OfficialPaper;
use crate::board::{Board, BoardTile};

/// A press: papers in, PDF out; drawings in, pixels out. It computes and may take seconds.
pub trait Press: Send + Sync + 'static {
    /// `paper` as PDF in `layout`.
    ///
    /// # Errors
    ///
    /// [`PressError`] when there is no press, when the paper is too long, or when it is broken.
    fn pdf(&self, paper: &OfficialPaper, layout: Layout) -> Result<Vec<u8>, PressError>;

    /// `board` as PDF on A4 on its side.
    ///
    /// # Errors
    ///
    /// As [`Press::pdf`].
    fn board(&self, board: &Board) -> Result<Vec<u8>, PressError>;

    /// `tile` alone as PNG, each of its points `scale` pixels wide.
    ///
    /// # Errors
    ///
    /// As [`Press::pdf`].
    fn tile(&self, tile: &BoardTile, scale: f32) -> Result<Vec<u8>, PressError>;

    /// The drawing `svg` as PNG, each of its points `scale` pixels wide.
    ///
    /// # Errors
    ///
    /// [`PressError`] when there is no press or the drawing is none.
    fn png(&self, svg: &str, scale: f32) -> Result<Vec<u8>, PressError>;
}

/// Why nothing came off the press.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// This house has no press.
    #[error("there is no press")]
    Absent,
    /// Too many wait for it.
    #[error("too many wait for the press")]
    Busy,
    /// More rows than one PDF may have.
    #[error("{rows} rows, and a PDF may have {most}")]
    TooLong {
        /// How many the paper has.
        rows: usize,
        /// How many it may have.
        most: usize,
    },
    /// The press is at fault.
    #[error("the press failed: {0}")]
    Broken(String),
}

/// A house without a press: charts in Word documents are made of cells, and PDF is refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPress;

impl Press for NoPress {
    fn pdf(&self, _: &OfficialPaper, _: Layout) -> Result<Vec<u8>, PressError> {
        Err(PressError::Absent)
    }

    fn board(&self, _: &Board) -> Result<Vec<u8>, PressError> {
        Err(PressError::Absent)
    }

    fn tile(&self, _: &BoardTile, _: f32) -> Result<Vec<u8>, PressError> {
        Err(PressError::Absent)
    }

    fn png(&self, _: &str, _: f32) -> Result<Vec<u8>, PressError> {
        Err(PressError::Absent)
    }
}
