//! Links that show a version that is not public, until a moment. They are signed words; nothing of them is kept.

use sauro_kernel::PortalItemId;

use ring::signature::{ED25519, UnparsedPublicKey};

/// How long such a link shows something.
pub const PREVIEW_HOURS: i64 = 72;

/// What a link shows, and until when, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// The item.
    pub item: PortalItemId,
    /// The version.
    pub n: i64,
    /// The last instant.
    pub until: i64,
}

impl Preview {
    /// The words that are signed.
    pub fn words(&self) -> String {
        format!("sauro portal preview 1\n{}\n{}\n{}", self.item, self.n, self.until)
    }

    /// The word of the address, with what the house signed of [`Preview::words`].
    pub fn token(&self, signature: &[u8]) -> String {
        format!("{}.{}.{}.{}", self.item.0.simple(), self.n, self.until, hex::encode(signature))
    }

    /// What `token` shows, when the house with `public_key` signed it. Whether it has run out is another question.
    pub fn of_token(token: &str, public_key: &[u8]) -> Option<Self> {
        let mut words = token.split('.');
        let item = PortalItemId(words.next()?.parse().ok()?);
        let (n, until) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let signature = hex::decode(words.next()?).ok()?;
        let preview = Self { item, n, until };
        let key = UnparsedPublicKey::new(&ED25519, public_key);
        let is_ours =
            words.next().is_none() && key.verify(preview.words().as_bytes(), &signature).is_ok();
        is_ours.then_some(preview)
    }
}
