//! `/bieu-mau`: the forms of periodic reports.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, page};

use crate::actions::periodic::forms_of;
use crate::model::UnitLevel;

struct Row {
    code: String,
    name: String,
    owner: String,
    what: String,
    may_extend: bool,
}

#[derive(Template)]
#[template(path = "periodic/forms.html")]
struct FormsPage {
    chrome: Chrome,
    rows: Vec<Row>,
}

/// `GET /bieu-mau`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let directory = directory.directory();
    let rows = forms_of(&ctx, &db).await?.into_iter().map(|(form, is_own)| {
        let levels: Vec<&str> =
            form.design.levels.iter().map(|it: &UnitLevel| it.label()).collect();
        let kind = if form.extends.is_some() { "bổ sung" } else { "biểu mẫu" };
        Row {
            what: format!(
                "{kind}, {}, báo theo {}, {} phần",
                levels.join(" và "),
                form.design.rhythm.label(),
                form.design.items.len()
            ),
            owner: directory.name(form.owner).to_owned(),
            may_extend: !is_own && form.extends.is_none(),
            code: form.code,
            name: form.design.name,
        }
    });
    page(&FormsPage { rows: rows.collect(), chrome })
}
