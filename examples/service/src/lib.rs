//! An HTTP service that scores questionnaires and compares two sittings: `clw-core` behind axum.
//!
//! It keeps nothing and logs no answer. What it offers is told by its own `openapi.json`, which the
//! tests hold it to. TLS, and who may call it, are the business of the proxy in front of it.

mod given;
mod refusal;
mod routes;
mod serve;

use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use axum::routing::{get, post};
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;

pub use refusal::Refusal;
pub use serve::{Ended, serve};

/// What one caller may ask for, so that no caller keeps the others waiting.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest body of a request, in bytes.
    pub body_bytes: usize,
    /// The longest time for the head of a request; for the rest of it, body and answer; and, once
    /// the service is asked to stop, for all that is under way.
    pub time: Duration,
    /// The most requests under way at once; a further one is told to come back.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes: 1 << 20, time: Duration::from_secs(10), at_once: 64 }
    }
}

/// The paths, and the limits around all of them.
fn app(limits: Limits) -> Router {
    let guarded = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(Refusal::from_limit))
        .load_shed()
        // One count for all paths: axum wraps each route by itself.
        .layer(GlobalConcurrencyLimitLayer::new(limits.at_once))
        .timeout(limits.time);
    Router::new()
        .route("/v1/instruments", get(routes::instruments))
        .route("/v1/instruments/{instrument}", get(routes::instrument))
        .route("/v1/instruments/{instrument}/score", post(routes::score))
        .route("/v1/instruments/{instrument}/scores", post(routes::scores))
        .route("/v1/instruments/{instrument}/measures/{measure}/change", post(routes::change))
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .layer(guarded)
        // Outside the limits: a busy service is healthy.
        .route("/health", get(|| async { json(r#"{"status":"ok"}"#.to_owned()) }))
        .route("/openapi.json", get(|| async { json(include_str!("../openapi.json").to_owned()) }))
        .fallback(async || Refusal::NoSuchPath)
        .method_not_allowed_fallback(async || Refusal::NoSuchMethod)
}

/// The headers and the body of an answer.
type Json = ([(axum::http::HeaderName, HeaderValue); 2], String);

fn json(body: String) -> Json {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, body)
}
