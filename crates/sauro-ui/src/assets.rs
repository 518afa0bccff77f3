use axum::Router;

/// The address of the asset known as `name`, such as `app.css`.
pub fn asset(name: &str) -> String {
    format!("/tai-san/{name}")
}

/// Serves `/tai-san/{file}`.
pub fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
}
