//! Sends requests as a browser or a program does.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx, IdSource};
use sauro_store::Files;
use sauro_ui::AppState;
use tower::ServiceExt;

use super::world::World;

pub(crate) struct Browser {
    router: Router,
    _home: tempfile::TempDir,
    pub(crate) files_at: std::path::PathBuf,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A part of a multipart form.
pub(crate) enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a str, &'a [u8]),
}

impl Browser {
    pub(crate) async fn of(world: &World, ctx: &Ctx) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files_at = home.path().join("files");
        let files = Files::open(&files_at.display().to_string()).await.unwrap();
        let directory = DirectoryHandle::load(ctx, &world.db).await.unwrap();
        let ids: std::sync::Arc<dyn IdSource> = world.ids.clone();
        let state = AppState {
            db: world.db.clone(),
            files,
            clock: world.clock.clone(),
            ids,
            site: std::sync::Arc::default(),
        };
        let live = sauro_tasks::jobs::LiveBoard::load(&world.db).await.unwrap();
        let router = sauro_tasks::routes()
            .layer(axum::Extension(directory))
            .layer(axum::Extension(live))
            .with_state(state);
        Self { router, _home: home, files_at }
    }

    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> Answer {
        self.send(actor, Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, actor: &Actor, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<_> =
            fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(actor, request).await
    }

    pub(crate) async fn upload(&self, actor: &Actor, path: &str, parts: &[Part<'_>]) -> Answer {
        self.upload_with(actor, path, parts, None).await
    }

    pub(crate) async fn upload_with(
        &self,
        actor: &Actor,
        path: &str,
        parts: &[Part<'_>],
        key: Option<&str>,
    ) -> Answer {
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh-gioi");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(actor, request.body(Body::from(multipart(parts))).unwrap()).await
    }

    pub(crate) async fn send(&self, actor: &Actor, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(actor.clone());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Files kept, temporary ones included.
    pub(crate) fn n_files(&self) -> usize {
        let folders = std::fs::read_dir(&self.files_at).unwrap().map(|it| it.unwrap().path());
        folders.map(|it| std::fs::read_dir(it).unwrap().count()).sum()
    }
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |it| it.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn has(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{} without {text:?}:\n{}", self.status, self.body);
        self
    }

    #[track_caller]
    pub(crate) fn lacks(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{} with {text:?}:\n{}", self.status, self.body);
        self
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// The value of the hidden field `name`.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&start).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

pub(crate) fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (name, file, content) = match part {
            Part::Text(name, value) => (name, String::new(), value.as_bytes()),
            Part::File(field, name, content) => (
                field,
                format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream"),
                *content,
            ),
        };
        body.extend(
            format!("--ranh-gioi\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .as_bytes(),
        );
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--ranh-gioi--\r\n");
    body
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(
            |b| {
                if b.is_ascii_alphanumeric() {
                    (b as char).to_string()
                } else {
                    format!("%{b:02X}")
                }
            },
        )
        .collect()
}
