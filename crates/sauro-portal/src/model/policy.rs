//! Who may do what with an item, in which state: the kernel's policy, narrowed by the section, by how far the
//! item has come, and by who wrote it.

use sauro_kernel::{Relation, Right, Role};

use super::{SectionRoles, State};

/// Something that is done with an item, or a way in which it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Its page.
    Read,
    /// Lists, topics, what is related.
    List,
    /// Atom and JSON feeds.
    Feed,
    /// The map for search engines.
    Sitemap,
    /// The search of the house.
    Search,
    /// Open data for programs.
    Api,
    /// Its picture and words where others link to it.
    Thumbnail,
    /// What a signed link that expires shows.
    Preview,
    /// Making such a link.
    LinkPreview,
    /// The desk: the newest version with all of its ways.
    Look,
    /// Who did what when.
    History,
    /// Two versions side by side.
    Compare,
    /// Another item with the same words.
    Copy,
    /// Keeping what one types, and another version.
    Write,
    /// An older version becomes the newest.
    Restore,
    /// From its writer to the editors.
    Submit,
    /// From the editors to the leader.
    HandUp,
    /// Back to whoever had it before, with a reason.
    SendBack,
    /// The legal opinion: nothing stands against it.
    Agree,
    /// The legal opinion: it has to be changed.
    Object,
    /// Out, at once or at an instant.
    Approve,
    /// No longer at that instant.
    Unschedule,
    /// A correction is begun.
    Correct,
    /// The correction is given up.
    DropCorrection,
    /// Taken down.
    Withdraw,
    /// To the archive.
    Archive,
    /// Another address, another section.
    Move,
    /// Saying something about a block, and answering.
    Comment,
    /// What was said is settled, or open again.
    Settle,
    /// Writing on in the place of whoever has it open.
    TakeOver,
    /// Beginning the same in another language.
    Translate,
}

/// Who is asking, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// The seat.
    pub role: Role,
    /// Where the item's agency stands.
    pub relation: Relation,
    /// The person wrote some of what is not public yet.
    pub is_author: bool,
    /// The person gave the legal opinion on what is not public yet.
    pub has_vetted: bool,
}

impl Act {
    /// Everything.
    pub const ALL: [Self; 31] = [
        Self::Read,
        Self::List,
        Self::Feed,
        Self::Sitemap,
        Self::Search,
        Self::Api,
        Self::Thumbnail,
        Self::Preview,
        Self::LinkPreview,
        Self::Look,
        Self::History,
        Self::Compare,
        Self::Copy,
        Self::Write,
        Self::Restore,
        Self::Submit,
        Self::HandUp,
        Self::SendBack,
        Self::Agree,
        Self::Object,
        Self::Approve,
        Self::Unschedule,
        Self::Correct,
        Self::DropCorrection,
        Self::Withdraw,
        Self::Archive,
        Self::Move,
        Self::Comment,
        Self::Settle,
        Self::TakeOver,
        Self::Translate,
    ];

    /// The right it takes in `state`; none for what is everybody's.
    pub fn right(self, state: State) -> Option<Right> {
        use State as S;
        match self {
            Self::Read
            | Self::List
            | Self::Feed
            | Self::Sitemap
            | Self::Search
            | Self::Api
            | Self::Thumbnail
            | Self::Preview => None,
            Self::Look | Self::History | Self::Compare | Self::Comment | Self::Settle => {
                Some(Right::SeePortal)
            }
            Self::LinkPreview | Self::Copy | Self::Submit | Self::Translate => {
                Some(Right::WritePortal)
            }
            Self::Agree | Self::Object => Some(Right::VetPortal),
            // A writer works until the editors have it.
            Self::Write | Self::Restore | Self::TakeOver if state == S::Draft => {
                Some(Right::WritePortal)
            }
            Self::Write
            | Self::Restore
            | Self::TakeOver
            | Self::HandUp
            | Self::Correct
            | Self::DropCorrection
            | Self::Archive
            | Self::Move => Some(Right::EditPortal),
            // What waits for a leader is sent back by a leader, what editors have by an editor.
            Self::SendBack if state == S::Editing => Some(Right::EditPortal),
            Self::SendBack | Self::Approve | Self::Unschedule | Self::Withdraw => {
                Some(Right::ApprovePortal)
            }
        }
    }

    /// Whether it makes sense in `state`, whoever asks.
    pub fn is_possible(self, state: State) -> bool {
        use State as S;
        match self {
            Self::Read | Self::Thumbnail => state.is_read(),
            Self::List | Self::Feed | Self::Sitemap | Self::Search | Self::Api => state.is_listed(),
            // What was taken down is not shown by an old link either.
            Self::Preview | Self::LinkPreview => state != S::Withdrawn,
            Self::Look | Self::History | Self::Compare | Self::Copy => true,
            Self::Write | Self::Restore | Self::TakeOver => {
                matches!(state, S::Draft | S::Editing | S::Correcting)
            }
            Self::Submit => state == S::Draft,
            Self::HandUp => matches!(state, S::Editing | S::Correcting),
            Self::SendBack => {
                matches!(state, S::Editing | S::Vetting | S::Waiting | S::Revetting | S::Rechecking)
            }
            Self::Agree | Self::Object => matches!(state, S::Vetting | S::Revetting),
            Self::Approve => matches!(state, S::Waiting | S::Scheduled | S::Rechecking),
            Self::Unschedule => state == S::Scheduled,
            Self::Correct => matches!(state, S::Published | S::Corrected),
            Self::DropCorrection => state == S::Correcting,
            Self::Withdraw => state.is_read(),
            Self::Archive => matches!(state, S::Published | S::Corrected),
            Self::Move | Self::Comment | Self::Settle => {
                !matches!(state, S::Withdrawn | S::Archived)
            }
            Self::Translate => state.is_listed(),
        }
    }
}

/// True when `who` may do `act` with an item in `state` of a section with `roles`.
pub fn may(act: Act, state: State, who: Audience, roles: &SectionRoles) -> bool {
    if !act.is_possible(state) {
        return false;
    }
    let Some(right) = act.right(state) else { return true };
    // Nobody lets out what they wrote, nobody finds nothing against it, and these two are never one person.
    let is_own_word = match act {
        Act::Approve => who.is_author || who.has_vetted,
        Act::Agree | Act::Object => who.is_author,
        _ => false,
    };
    !is_own_word && sauro_kernel::may(who.role, right, who.relation) && roles.allow(who.role, right)
}
