//! HTTP to a provider: few requests, each answered in time and in bounds, or given up.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Bytes;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use sauro_wire::{Bounds, Reach, TrustError, WireError};

/// Discovery, keys and tokens are a few thousand bytes.
const BOUNDS: Bounds =
    Bounds { patience: Duration::from_secs(5), most_bytes: 256 << 10, reach: Reach::Secure };

/// A way to one provider. It follows no redirection: where to ask is said by the provider's own description.
#[derive(Clone)]
pub(super) struct Wire(sauro_wire::Wire);

impl Wire {
    /// Trusts what the system trusts, and the certificates of `trusted`.
    pub(super) fn trusting(trusted: &Path) -> Result<Self, TrustError> {
        sauro_wire::Wire::trusting(trusted).map(Self)
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, WireError> {
        let answer = self.0.ask(request.map(Bytes::from), BOUNDS).await?;
        Ok(answer.map(|body| body.to_vec()))
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = WireError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, WireError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
