//! Everything the service says no to, each with its status, a stable code and a sentence.

use axum::BoxError;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tower::timeout::error::Elapsed;

use crate::json;

/// Why a request was not answered.
#[derive(Debug)]
pub enum Refusal {
    /// The body is no JSON of the kind that is asked for, or too large.
    Body(JsonRejection),
    /// The body is compressed.
    Encoded,
    /// The library knows no such instrument or measure.
    Unknown(Said),
    /// The library refuses the values.
    Refused(Said),
    /// There are more forms or pairs than one request may hold.
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many came.
        found: usize,
        /// How many may come.
        limit: usize,
    },
    /// A name has more letters than any name there is.
    NameTooLong {
        /// How many it may have.
        limit: usize,
    },
    /// A name in the path is no text.
    UnreadablePath,
    /// There is nothing at this path.
    NoSuchPath,
    /// The path knows no such method.
    NoSuchMethod,
    /// The request took too long.
    TooSlow,
    /// Too many requests are under way.
    Busy,
}

/// The library's own words.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// The stable name of the problem, as in Rust, Python and JavaScript.
    pub code: String,
    /// What was found, the limit and the remedy.
    pub message: String,
}

impl Said {
    pub(crate) fn of(error: &impl std::error::Error, code: &str) -> Self {
        Self { code: code.to_owned(), message: error.to_string() }
    }
}

impl Refusal {
    /// What the layers around the service refuse.
    pub(crate) async fn from_limit(error: BoxError) -> Self {
        if error.is::<Elapsed>() { Self::TooSlow } else { Self::Busy }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Body(rejection) => rejection.status(),
            Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NameTooLong { .. } | Self::UnreadablePath => StatusCode::BAD_REQUEST,
            Self::Unknown(_) | Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn said(self) -> Said {
        let (code, message) = match self {
            Self::Unknown(said) | Self::Refused(said) => return said,
            Self::Body(rejection) => of_body(&rejection),
            Self::Encoded => (
                "encoded-body",
                "the body came with a `content-encoding`; send it as it is".to_owned(),
            ),
            Self::TooMany { what, found, limit } => (
                "too-many",
                format!("{found} {what} were given, above {limit}; give them in several requests"),
            ),
            Self::NameTooLong { limit } => (
                "name-too-long",
                format!("the path has a name of more than {limit} letters; give an id"),
            ),
            Self::UnreadablePath => {
                ("unreadable-path", "the path has a name that is not UTF-8; give an id".to_owned())
            }
            Self::NoSuchPath => (
                "no-such-path",
                "there is nothing at this path; /openapi.json lists what there is".to_owned(),
            ),
            Self::NoSuchMethod => (
                "no-such-method",
                "the path does not know this method; /openapi.json lists what there is".to_owned(),
            ),
            Self::TooSlow => (
                "too-slow",
                "the request was not complete within the time limit; send it again".to_owned(),
            ),
            Self::Busy => (
                "busy",
                "as many requests as are allowed are under way; send it again in a second"
                    .to_owned(),
            ),
        };
        Said { code: code.to_owned(), message }
    }
}

fn of_body(rejection: &JsonRejection) -> (&'static str, String) {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => (
            "body-too-large",
            "the body has more bytes than a request may have; send fewer forms or pairs in each"
                .to_owned(),
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "not-json",
            "the body came without the header `content-type: application/json`; send JSON, and say so"
                .to_owned(),
        ),
        _ => {
            let text = rejection.body_text();
            // Before the reader's own account stands which of its steps failed, and in bad JSON what the
            // line and column say better: the way down to it, which may be long.
            let account = match rejection {
                JsonRejection::JsonSyntaxError(_) => text.rsplit_once(": "),
                _ => text.split_once(": "),
            };
            let account = account.map_or(&*text, |(_, account)| account);
            let message =
                format!("the body cannot be read: {account}; /openapi.json says what it may hold");
            ("unreadable-json", message)
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_string(&self.said()).unwrap_or_default();
        let mut response = (status, json(body)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
