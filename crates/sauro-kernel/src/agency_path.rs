//! Where an agency stands in the tree.

/// A place in the agency tree, such as `vn/44/ubnd/25270`: lower-case ASCII segments joined by `/`.
///
/// Scope is a path prefix: an agency oversees itself and everything below it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct AgencyPath(String);

/// The text is not a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an agency path")]
pub struct NotAPath(pub String);

impl AgencyPath {
    /// The whole country.
    pub fn nation() -> Self {
        Self("vn".to_owned())
    }

    /// Checks `text`.
    ///
    /// # Errors
    ///
    /// [`NotAPath`] when a segment is empty or has another character than `a-z`, `0-9`, `-`, `_`, `*`.
    pub fn parse(text: &str) -> Result<Self, NotAPath> {
        let is_segment = |segment: &str| {
            !segment.is_empty()
                && segment
                    .bytes()
                    .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'*'))
        };
        if text.split('/').all(is_segment) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAPath(text.to_owned()))
        }
    }

    /// This path with one more segment, made from `code` (diacritics dropped, other characters `-`).
    pub fn child(&self, code: &str) -> Self {
        let segment: String = crate::fold(code)
            .chars()
            .map(
                |c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*') { c } else { '-' },
            )
            .collect();
        Self(format!("{}/{}", self.0, if segment.is_empty() { "-" } else { &segment }))
    }

    /// True for this place and every place below it.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The half-open range, in byte order, of the paths strictly below this one.
    ///
    /// `path = self OR (path >= start AND path < end)` is the scope in SQL; the column must compare
    /// by bytes on both engines.
    pub fn below(&self) -> (String, String) {
        (format!("{}/", self.0), format!("{}0", self.0))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AgencyPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
