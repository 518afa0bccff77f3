//! The proof (niêm phong): a Merkle tree over the journal, in the manner of RFC 6962, so that a
//! change of what was written, by whomever, shows.
//!
//! [`stamp`] is a reader of the journal: it writes the leaf of each new entry and a head, the root
//! over all entries so far. Heads also go to a file outside the database, the anchor, so that one
//! who may rewrite the whole database is found out as well; copies of that file kept elsewhere
//! protect against one who may write the disk. [`verify`] walks all of it. [`prove`] hands out a
//! receipt that an outsider can check against a published head.

mod anchor;
mod chronicle;
mod fault;
mod leaf;
mod nodes;
mod receipt;
mod stamp;
mod tree;
mod verify;

pub use anchor::{AnchorError, read as read_heads};
pub use chronicle::{Chronicle, PastEvent};
pub use fault::{Fault, What};
pub use leaf::{EntryFacts, read_entry};
pub use nodes::{Head, last_head};
pub use receipt::{ProofError, Receipt, entry_bytes, prove};
pub use stamp::{StampError, stamp};
pub use verify::{Progress, Verdict, VerifyError, verify};

use tree::Hash;
