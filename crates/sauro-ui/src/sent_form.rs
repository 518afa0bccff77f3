use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// A form as it was sent, with its files or as plain fields, held in memory as far as the limit of its route.
#[derive(Debug, Default)]
pub struct SentForm {
    /// Names and values, in order.
    pub fields: Vec<(String, String)>,
    /// Name and content of each file that was chosen, in order.
    pub files: Vec<(String, Bytes)>,
    /// Why it did not come whole: 413 when it is too large, another when it broke off. What came before is kept,
    /// so that the form can show it again.
    pub cut: Option<StatusCode>,
}

impl SentForm {
    /// Reads a form sent either way.
    pub async fn read(request: Request) -> Self {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        if kind.is_some_and(|it| it.starts_with("multipart/")) {
            return match Multipart::from_request(request, &()).await {
                Ok(form) => parts(form).await,
                Err(err) => Self { cut: Some(err.status()), ..Self::default() },
            };
        }
        match Form::<Vec<(String, String)>>::from_request(request, &()).await {
            Ok(Form(fields)) => Self { fields, ..Self::default() },
            Err(err) => Self { cut: Some(err.into_response().status()), ..Self::default() },
        }
    }

    /// The first value of `name`; empty when it was not sent.
    pub fn one(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

async fn parts(mut form: Multipart) -> SentForm {
    let mut sent = SentForm::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return sent,
            Err(err) => return SentForm { cut: Some(err.status()), ..sent },
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content = match field.bytes().await {
            Ok(content) => content,
            Err(err) => return SentForm { cut: Some(err.status()), ..sent },
        };
        match file_name {
            // A file field that was left empty.
            Some(_) if content.is_empty() => {}
            Some(name) => sent.files.push((name, content)),
            None => sent.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
    }
}
