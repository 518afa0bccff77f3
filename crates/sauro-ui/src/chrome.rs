use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use sauro_kernel::Actor;

use crate::{AppState, Markup, Nonce, Site, who};

/// What the frame of every page needs: who is looking, from where, under which nonce.
///
/// Page structs hold it as `chrome: Chrome`. Extracting it never fails.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    nonce: Nonce,
    actor: Option<Actor>,
    seats: Seats,
    path: String,
    site: Arc<Site>,
    look: Look,
    unread: i64,
}

/// How this person wants pages drawn. Kept in two cookies, so that the server draws it at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Look {
    theme: Option<&'static str>,
    is_dense: bool,
}

/// A seat the signed-in person may act from, as the account menu lists it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seat {
    /// Id of the post, sent back by the switch form as `post`.
    pub post: String,
    /// Title of the post, such as "Chuyên viên đầu mối".
    pub title: String,
    /// Name of its agency.
    pub agency: String,
    /// Whether the person acts from this seat now.
    pub is_current: bool,
}

/// All seats of the signed-in person. The session layer puts it beside the [`Actor`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Seats(pub Arc<[Seat]>);

/// How many notices the signed-in person has not read. The layer of the notices puts it beside the
/// [`Actor`] for pages of the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unread(pub i64);

/// All that the frame of a desk page shows of its reader: where this is equal, two frames of one
/// address are equal but for the nonce.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DrawnFor {
    actor: Option<Actor>,
    seats: Seats,
    look: Look,
    unread: i64,
}

impl Chrome {
    /// The frame of a page at `path` without a request behind it, for samples and tests.
    pub fn at(path: &str, site: Site) -> Self {
        Self { path: path.to_owned(), site: Arc::new(site), ..Self::default() }
    }

    /// The same frame, with `actor` signed in.
    pub fn signed_in(self, actor: Actor, seats: Seats) -> Self {
        Self { actor: Some(actor), seats, ..self }
    }

    /// The nonce of this answer, for `<script nonce>`.
    pub fn nonce(&self) -> &str {
        self.nonce.as_str()
    }

    /// The same word, for an answer that is made from this page once more.
    pub fn nonce_word(&self) -> Nonce {
        self.nonce.clone()
    }

    /// Whom the frame is drawn for.
    pub fn drawn_for(&self) -> DrawnFor {
        DrawnFor {
            actor: self.actor.clone(),
            seats: self.seats.clone(),
            look: self.look,
            unread: self.unread,
        }
    }

    /// The signed-in caller, if any.
    pub fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.actor.is_some()
    }

    /// Name of the signed-in person, or nothing.
    pub fn person(&self) -> &str {
        self.actor.as_ref().map(who::display_name).unwrap_or_default()
    }

    /// Two letters that stand for the person.
    pub fn initials(&self) -> String {
        who::initials(self.person())
    }

    /// Name of the agency the person acts for, or nothing.
    pub fn agency(&self) -> &str {
        self.actor.as_ref().map(who::agency_name).unwrap_or_default()
    }

    /// The seats the person may switch between.
    pub fn seats(&self) -> &[Seat] {
        &self.seats.0
    }

    /// How many notices the person has not read.
    pub fn unread(&self) -> i64 {
        self.unread
    }

    /// The number at the bell: there is no telling a hundred from a thousand at a glance.
    pub fn unread_words(&self) -> String {
        if self.unread > 99 { "99+".to_owned() } else { self.unread.to_string() }
    }

    /// What keeps the drafts of two people on one machine apart: the account, or nothing.
    pub fn who(&self) -> String {
        self.actor.as_ref().map(who::account).unwrap_or_default()
    }

    /// Attributes of `<html>`: the chosen theme and density.
    pub fn look(&self) -> Markup {
        let theme = self.look.theme.map(|it| format!(r#" data-theme="{it}""#));
        let density = if self.look.is_dense { r#" data-density="dense""# } else { "" };
        Markup(theme.unwrap_or_default() + density)
    }

    /// Path of this page, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether this page lies at or below `place`.
    pub fn is_at(&self, place: &str) -> bool {
        match self.path.strip_prefix(place) {
            Some(rest) => {
                rest.is_empty() || rest.starts_with('/') || place == "/" && rest.is_empty()
            }
            None => false,
        }
    }

    /// Whether the seat keeps accounts and the calendar, so that the menu offers them.
    pub fn keeps_house(&self) -> bool {
        self.actor.as_ref().is_some_and(|it| it.role == sauro_kernel::Role::Administrator)
    }

    /// Whether the seat keeps the accounts of all the nation, so that the menu offers the keys of programs.
    pub fn keeps_nation(&self) -> bool {
        let is_all = |it: &Actor| it.scope == sauro_kernel::AgencyPath::nation();
        self.keeps_house() && self.actor.as_ref().is_some_and(is_all)
    }

    /// Whether the seat decides for its agency, so that the menu begins with the leader's page.
    pub fn leads(&self) -> bool {
        self.actor.as_ref().is_some_and(|it| it.role == sauro_kernel::Role::Leader)
    }

    /// Whether the seat writes papers for its agency, so that the menu offers the monthly report.
    pub fn writes_papers(&self) -> bool {
        use sauro_kernel::{Relation, Right, may};
        self.actor.as_ref().is_some_and(|it| may(it.role, Right::PrepareTasks, Relation::Own))
    }

    /// Whether the seat reads petitions of its agency, so that the menu offers them.
    pub fn reads_petitions(&self) -> bool {
        use sauro_kernel::{Relation, Right, may};
        self.actor.as_ref().is_some_and(|it| may(it.role, Right::ReadPetitions, Relation::Own))
    }

    /// Where the help for this page stands.
    pub fn help(&self) -> String {
        crate::help::help_for(&self.path)
    }

    /// Whether the seat reads what its agency writes for the portal, so that the menu offers it.
    pub fn sees_portal(&self) -> bool {
        use sauro_kernel::{Relation, Right, may};
        self.actor.as_ref().is_some_and(|it| may(it.role, Right::SeePortal, Relation::Own))
    }

    /// Whether this page is one of the portal's own.
    pub fn is_portal(&self) -> bool {
        ["/tin", "/van-ban", "/lay-y-kien", "/chu-de", "/trang", "/theo-doi-tin"]
            .iter()
            .any(|it| self.is_at(it))
    }

    /// Name of the installation.
    pub fn site_name(&self) -> &str {
        &self.site.name
    }

    /// Origin that citizens see, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.site.public_url
    }

    /// Whether the figures are made up.
    pub fn is_demo(&self) -> bool {
        self.site.is_demo
    }
}

impl FromRequestParts<AppState> for Chrome {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let path = full_path(parts);
        Ok(Self {
            nonce: parts.extensions.get::<Nonce>().cloned().unwrap_or_default(),
            actor: parts.extensions.get::<Actor>().cloned(),
            seats: parts.extensions.get::<Seats>().cloned().unwrap_or_default(),
            path: path.split('?').next().unwrap_or_default().to_owned(),
            site: state.site.clone(),
            look: Look::of(&parts.headers),
            unread: parts.extensions.get::<Unread>().map_or(0, |it| it.0),
        })
    }
}

impl Look {
    fn of(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
        let mut look = Self::default();
        for pair in cookies.flat_map(|it| it.split(';')) {
            match pair.trim() {
                "sauro-theme=dark" => look.theme = Some("dark"),
                "sauro-theme=light" => look.theme = Some("light"),
                "sauro-density=dense" => look.is_dense = true,
                _ => {}
            }
        }
        look
    }
}

/// Whether `uri` asks for results as those inside see them (phạm vi nội bộ).
pub fn is_view_from_inside(uri: &Uri) -> bool {
    uri.query().is_some_and(|it| it.split('&').any(|pair| pair == "pham-vi=noi-bo"))
}

/// The path and query the browser asked for, whatever router is nested where.
pub(crate) fn full_path(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    uri.path_and_query().map_or("/", |it| it.as_str()).to_owned()
}
