//! An item at its address: articles, documents, pages, consultations.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::DirectiveId;
use sauro_ui::{
    Choice, Chrome, Depends, Failure, Faults, filters, page, policy_with_own_scripts, words,
};
use serde_json::json;
use uuid::Uuid;

use super::House;
use super::blocks::{Around, drawn, figures_of};
use super::kept::{of_now, shown};
use super::shown::one_file;
use super::view::{Counted, Line, counted, days_left, instant};
use crate::actions::{self, Found, OpinionFields, PublicItem, TaskLine, from_room};
use crate::model::{
    Block, DOCUMENT_FIELDS, DOCUMENT_KINDS, Details, Item, Kind, Stance, State, Tongue, label_in,
    marks,
};

#[derive(Template)]
#[template(path = "portal/item.html")]
pub(super) struct ItemPage {
    pub(super) chrome: Chrome,
    pub(super) faults: Faults,
    it: PublicItem,
    body: String,
    /// Where lists of its kind are: address and words.
    above: (&'static str, &'static str),
    at: String,
    changed: String,
    minutes: usize,
    agency: String,
    /// Names and values of its particulars.
    facts: Vec<(&'static str, String)>,
    tasks: Vec<TaskLine>,
    has_directive: bool,
    related: Vec<Line>,
    poll: Option<Poll>,
    stances: Vec<Choice>,
    givers: Vec<Choice>,
    json_ld: String,
    /// The address of its picture for those who link to it.
    picture: Option<String>,
    /// Where it is read in other languages: code, own name, address; this one has none.
    tongues: Vec<(Tongue, String, bool)>,
}

/// A consultation on its page.
struct Poll {
    left: String,
    is_open: bool,
    total: i64,
    counted: Vec<Counted>,
    key: Uuid,
    fields: OpinionFields,
    is_sent: bool,
}

#[derive(Template)]
#[template(path = "portal/gone.html")]
struct GonePage {
    chrome: Chrome,
    it: Box<Item>,
    at: String,
}

/// `GET /tin/{slug}`.
pub(super) async fn news(
    house: House,
    Path(slug): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    show(&house, (&slug, &format!("/tin/{slug}")), &headers, chrome).await
}

/// `GET /trang/{slug}`.
pub(super) async fn standing(
    house: House,
    Path(slug): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    show(&house, (&slug, &format!("/trang/{slug}")), &headers, chrome).await
}

/// `GET /van-ban/{slug}`.
pub(super) async fn document(
    house: House,
    Path(slug): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    show(&house, (&slug, &format!("/van-ban/{slug}")), &headers, chrome).await
}

/// `GET /lay-y-kien/{slug}`.
pub(super) async fn consultation(
    house: House,
    Path(slug): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    show(&house, (&slug, &format!("/lay-y-kien/{slug}")), &headers, chrome).await
}

/// `GET /{tongue}/tin/{slug}` and its like: what is written in another language.
pub(super) async fn in_tongue(
    house: House,
    Path((tongue, slug)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    // Vietnamese has no word of its own in addresses.
    if Tongue::of_code(&tongue).is_none_or(|it| it == Tongue::Vietnamese) {
        return Err(Failure::NotFound);
    }
    show(&house, (&slug, uri.path()), &headers, chrome).await
}

async fn show(
    house: &House,
    (slug, path): (&str, &str),
    headers: &HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    match actions::read_public(&house.state.db, slug, path).await? {
        Found::Moved(to) => moved(&to),
        Found::Gone(it) => {
            let at = words::datetime(it.changed_at);
            let html = page(&GonePage { chrome, it, at })?;
            let mut response = (StatusCode::GONE, html).into_response();
            let keep = HeaderValue::from_static("no-cache");
            response.headers_mut().insert(header::CACHE_CONTROL, keep);
            Ok(response)
        }
        Found::Page(it) => {
            // A form has a key of its own, so that no two answers are alike.
            let depends = depends(house, &it);
            let drawn = of(house, *it, chrome).await?;
            let html = page(&drawn)?;
            if !drawn.is_alike() {
                return Ok(html.into_response());
            }
            let mut response = shown(headers, (&drawn.chrome, depends), html.0);
            let policy = HeaderValue::try_from(policy_with_own_scripts());
            let policy = policy.map_err(Failure::internal)?;
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            Ok(response)
        }
    }
}

/// What the page of `it` shows beside its own words: what else stands under its topics, documents that replace one
/// another, how far tasks are.
fn depends(house: &House, it: &PublicItem) -> Depends {
    let own = of_now(&house.ctx).on(marks::of_item(it.item.id));
    // What says it in other languages stands beside it, and is told of by the original.
    let own = it.item.original.into_iter().fold(own, |own, it| own.on(marks::of_item(it)));
    let depends = it.topics.iter().fold(own, |depends, it| depends.on(marks::of_topic(it.id)));
    let depends = match &it.content.details {
        Details::Document(it) => {
            let depends = depends.on(marks::of_number(&it.number));
            if it.replaces.is_empty() {
                depends
            } else {
                depends.on(marks::of_number(&it.replaces))
            }
        }
        _ => depends,
    };
    let has_figure = it.content.blocks.iter().any(|it| matches!(it, Block::Figure { .. }));
    if has_figure || directive_of(it).is_some() { depends.on_results() } else { depends }
}

/// For ever: whoever keeps the old address learns the new one.
fn moved(to: &str) -> Result<Response, Failure> {
    let to = HeaderValue::try_from(to).map_err(Failure::internal)?;
    let keep = HeaderValue::from_static("no-cache");
    let heads = [(header::LOCATION, to), (header::CACHE_CONTROL, keep)];
    Ok((StatusCode::MOVED_PERMANENTLY, heads).into_response())
}

/// The page of `it`.
pub(super) async fn of(house: &House, it: PublicItem, chrome: Chrome) -> Result<ItemPage, Failure> {
    let figures = figures_of(house.results.as_ref(), &it.content).await;
    let around = Around { files: &it.files, pictures: &it.pictures, pass: "", figures };
    let body = drawn(&it.content.blocks, &around);
    let directive = directive_of(&it);
    let tasks = from_room(house.results.as_ref(), directive).await?;
    let today = house.ctx.today();
    let poll = it.consultation.as_ref().map(|found| Poll {
        left: days_left(found, today),
        is_open: found.is_open(today) && it.item.state.is_listed(),
        total: found.total(),
        counted: counted(found),
        key: house.ctx.ids.fresh(),
        fields: OpinionFields::default(),
        is_sent: false,
    });
    let published = it.item.published_at.unwrap_or_default();
    Ok(ItemPage {
        faults: Faults::none(),
        body,
        above: above(it.item.kind),
        at: words::datetime(published),
        changed: words::datetime(it.item.changed_at),
        minutes: it.content.minutes(),
        agency: house.directory.name(it.item.agency).to_owned(),
        facts: facts(&it.content.details),
        has_directive: directive.is_some(),
        tasks,
        related: it.related.iter().map(Line::of).collect(),
        poll,
        stances: Stance::ALL.map(|it| Choice::new(it.code(), it.label())).into(),
        givers: actions::GIVERS.map(|it| Choice::new(it, it)).into(),
        json_ld: json_ld(house, &it, &chrome),
        tongues: it
            .tongues
            .iter()
            .map(|(tongue, path)| (*tongue, path.clone(), *tongue == it.item.tongue))
            .collect(),
        picture: it.pictures.first().map(one_file),
        chrome,
        it,
    })
}

impl ItemPage {
    /// Everybody is shown the same: there is no form with a key of its own.
    fn is_alike(&self) -> bool {
        !self.poll.as_ref().is_some_and(|it| it.is_open)
    }

    /// The same page with the form as it was sent.
    pub(super) fn with_form(mut self, fields: OpinionFields, key: Uuid, faults: Faults) -> Self {
        if let Some(poll) = &mut self.poll {
            poll.fields = fields;
            poll.key = key;
        }
        Self { faults, ..self }
    }

    /// The same page after an opinion came.
    pub(super) fn thanked(mut self) -> Self {
        if let Some(poll) = &mut self.poll {
            poll.is_sent = true;
        }
        self
    }

    pub(super) fn html(&self) -> Result<Html<String>, Failure> {
        page(self)
    }

    /// `lang` of the words, where it is not that of the frame.
    fn lang(&self) -> &'static str {
        match self.it.item.tongue {
            Tongue::Vietnamese => "",
            tongue => tongue.code(),
        }
    }

    /// Where it is read in English: what somebody wrote in English, or this page in an English frame.
    fn english(&self) -> String {
        let own = self.it.item.path();
        match self.it.item.tongue {
            Tongue::English => own,
            _ => self.said_in(Tongue::English).unwrap_or_else(|| format!("/en{own}")),
        }
    }

    /// Where it is read in Vietnamese.
    fn vietnamese(&self) -> String {
        self.said_in(Tongue::Vietnamese).unwrap_or_else(|| self.it.item.path())
    }

    fn said_in(&self, wanted: Tongue) -> Option<String> {
        let found = self.tongues.iter().find(|(tongue, ..)| *tongue == wanted);
        found.map(|(_, path, _)| path.clone())
    }

    fn is_archived(&self) -> bool {
        self.it.item.state == State::Archived
    }
}

fn directive_of(it: &PublicItem) -> Option<DirectiveId> {
    match &it.content.details {
        Details::Document(it) => it.directive,
        _ => None,
    }
}

fn above(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Document => ("/van-ban", "Văn bản"),
        Kind::Consultation => ("/lay-y-kien", "Lấy ý kiến"),
        Kind::Article | Kind::Event | Kind::Notice => ("/tin", "Tin tức"),
        Kind::Page => ("/", "Trang chủ"),
    }
}

/// Names and values of the particulars of a kind.
pub(super) fn facts(details: &Details) -> Vec<(&'static str, String)> {
    let all = match details {
        Details::None => Vec::new(),
        Details::Document(it) => vec![
            ("Số, ký hiệu", it.number.clone()),
            ("Loại văn bản", label_in(&DOCUMENT_KINDS, &it.kind).to_owned()),
            ("Cơ quan ban hành", it.issuer.clone()),
            ("Người ký", it.signer.clone()),
            ("Ngày ban hành", words::date(it.issued_on)),
            ("Có hiệu lực từ", words::date(it.effective_on)),
            ("Hết hiệu lực từ", it.expires_on.map(words::date).unwrap_or_default()),
            ("Lĩnh vực", label_in(&DOCUMENT_FIELDS, &it.field).to_owned()),
        ],
        Details::Event(it) => vec![
            ("Bắt đầu", words::datetime(it.starts_at)),
            ("Kết thúc", it.ends_at.map(words::datetime).unwrap_or_default()),
            ("Địa điểm", it.place.clone()),
        ],
        Details::Consultation(it) => {
            vec![("Mở từ", words::date(it.opens_on)), ("Đến hết", words::date(it.closes_on))]
        }
    };
    all.into_iter().filter(|it| !it.1.is_empty()).collect()
}

/// What search engines read (schema.org), as JSON that cannot end its script.
fn json_ld(house: &House, it: &PublicItem, chrome: &Chrome) -> String {
    let kind = match it.item.kind {
        Kind::Article | Kind::Notice => "NewsArticle",
        Kind::Event => "Event",
        Kind::Document => "Legislation",
        Kind::Page | Kind::Consultation => "WebPage",
    };
    let url = format!("{}{}", chrome.public_url(), it.item.path());
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "headline": it.content.title,
        "name": it.content.title,
        "description": it.content.summary,
        "inLanguage": it.item.tongue.code(),
        "url": url,
        "datePublished": instant(it.item.published_at.unwrap_or_default()),
        "dateModified": instant(it.item.changed_at),
        "publisher": { "@type": "GovernmentOrganization", "name": house.directory.name(it.item.agency) },
    });
    if let (Some(data), Some(picture)) = (data.as_object_mut(), it.pictures.first()) {
        let url = format!("{}{}", chrome.public_url(), one_file(picture));
        data.insert("image".to_owned(), json!(url));
    }
    if let (Some(data), Details::Event(event)) = (data.as_object_mut(), &it.content.details) {
        let start = event.starts_at.format("%Y-%m-%dT%H:%M:00+07:00").to_string();
        data.insert("startDate".to_owned(), json!(start));
        data.insert("location".to_owned(), json!({ "@type": "Place", "name": event.place }));
    }
    data.to_string().replace('<', "\\u003c")
}
