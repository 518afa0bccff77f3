use askama::Template;
use sauro_ui::filters;

use crate::model::Notice;

#[derive(Template)]
#[template(path = "notices/letter.html")]
struct Html<'a> {
    site: &'a str,
    url: &'a str,
    notices: &'a [Notice],
}

#[derive(Template)]
#[template(path = "notices/letter.txt")]
struct Plain<'a> {
    site: &'a str,
    url: &'a str,
    notices: &'a [Notice],
}

/// Subject, plain words and marked-up words of a mail about `notices` from the installation `site` at `url`.
pub(super) fn written(
    site: &str,
    url: &str,
    notices: &[Notice],
) -> Result<(String, String, String), askama::Error> {
    let subject = match notices {
        [one] => format!("{site}: {}", one.title()),
        several => format!("{site}: {} thông báo mới", several.len()),
    };
    let plain = Plain { site, url, notices }.render()?;
    let html = Html { site, url, notices }.render()?;
    Ok((subject, plain, html))
}
