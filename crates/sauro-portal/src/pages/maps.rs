//! What search engines ask for: `/robots.txt`, `/sitemap.xml` and the files it names.

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure, escape};

use super::House;
use super::kept::{of_now, shared};
use super::view::instant;
use crate::actions;
use crate::model::{Item, marks};

const XML: &str = "application/xml; charset=utf-8";

/// Most files of the map: five thousand addresses each, the million of GOALS and a margin.
const MOST_FILES: usize = 400;

/// `GET /robots.txt`.
pub(super) async fn robots(chrome: Chrome) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /bien-tap\nDisallow: /xem-truoc\nDisallow: /dang-nhap\n\nSitemap: {}/sitemap.xml\n",
        chrome.public_url()
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `GET /sitemap.xml`: the index. Each file begins after the last item of the one before.
pub(super) async fn index(
    house: House,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let mut files = String::new();
    for after in actions::site_map_parts(&house.state.db, MOST_FILES).await? {
        let name = after.map_or_else(|| "dau".to_owned(), |it| it.to_string());
        let at = format!("{}/sitemap/{name}.xml", chrome.public_url());
        files.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&at)));
    }
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{files}</sitemapindex>\n"
    );
    Ok(shared(&headers, (XML, of_now(&house.ctx).on(marks::LISTED)), body))
}

/// `GET /sitemap/{after}`.
pub(super) async fn one(
    house: House,
    Path(name): Path<String>,
    headers: HeaderMap,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let name = name.strip_suffix(".xml").ok_or(Failure::NotFound)?;
    let after = match name {
        "dau" => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound)?),
    };
    let items = actions::site_map(&house.state.db, after).await?;
    let others = actions::in_other_tongues(&house.state.db, &items).await?;
    let mut addresses = String::new();
    let mut add = |path: &str, changed: Option<i64>, family: &[&Item]| {
        let at = escape(&format!("{}{path}", chrome.public_url()));
        let changed = changed.map(|it| format!("<lastmod>{}</lastmod>", instant(it)));
        let links: String = family.iter().map(|it| alternate(&chrome, it)).collect();
        let changed = changed.unwrap_or_default();
        addresses.push_str(&format!("<url><loc>{at}</loc>{changed}{links}</url>\n"));
    };
    if after.is_none() {
        for path in ["/", "/tin", "/van-ban", "/lay-y-kien", "/ket-qua", "/phan-anh", "/sang-kien"]
        {
            add(path, None, &[]);
        }
    }
    // What says an item again stands beside it, wherever it came in.
    for item in items.iter().filter(|it| it.original.is_none()) {
        let mut family: Vec<&Item> =
            others.iter().filter(|it| it.original == Some(item.id)).collect();
        if family.is_empty() {
            add(&item.path(), Some(item.changed_at), &[]);
            continue;
        }
        family.insert(0, item);
        for one in &family {
            add(&one.path(), Some(one.changed_at), &family);
        }
    }
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{addresses}</urlset>\n"
    );
    Ok(shared(&headers, (XML, of_now(&house.ctx).on(marks::LISTED)), body))
}

fn alternate(chrome: &Chrome, it: &Item) -> String {
    let at = escape(&format!("{}{}", chrome.public_url(), it.path()));
    let code = it.tongue.code();
    format!(r#"<xhtml:link rel="alternate" hreflang="{code}" href="{at}"/>"#)
}
