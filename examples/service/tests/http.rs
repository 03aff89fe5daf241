//! Over real HTTP: what is answered, what is refused, and how the service stops. Every answer is held
//! to the schema that `openapi.json` has for it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use clw_service::{Ended, Limits, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time;

const SCORE: &str = "/v1/instruments/swemwbs/score";
const SCORES: &str = "/v1/instruments/swemwbs/scores";
const CHANGE: &str = "/v1/instruments/swemwbs/measures/wellbeing/change";

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Ended>,
}

async fn running(limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(async move {
        let asked = async { stopped.await.unwrap_or_default() };
        serve(listener, limits, asked).await
    });
    Running { address, stop, ended }
}

fn head(method: &str, path: &str, length: usize) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
}

/// The status, the headers and the body of what comes until the service closes.
async fn answer(stream: &mut TcpStream) -> (u16, String, Value) {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), serde_json::from_str(body).unwrap())
}

async fn ask(address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = head(method, path, body.len()) + body;
    stream.write_all(request.as_bytes()).await.unwrap();
    let (status, head, body) = answer(&mut stream).await;
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    assert!(head.contains("\r\nx-content-type-options: nosniff"), "{head}");
    (status, body)
}

fn described() -> Value {
    serde_json::from_str(include_str!("../openapi.json")).unwrap()
}

/// The schema that the description has for an answer, with what it refers to.
fn schema(document: &Value, template: &str, method: &str, status: u16) -> Value {
    let operation = &document["paths"][template][method.to_lowercase()];
    let response = &operation["responses"][status.to_string()];
    let response = match response["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => response,
    };
    let schema = &response["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{method} {template} does not describe a {status}");
    json!({ "allOf": [schema], "components": document["components"] })
}

fn template(path: &str) -> String {
    let mut parts: Vec<_> = path.split('/').collect();
    for (at, name) in [(3, "{instrument}"), (5, "{measure}")] {
        if parts.get(1) == Some(&"v1") && parts.len() > at {
            parts[at] = name;
        }
    }
    parts.join("/")
}

#[tokio::test]
async fn everything_described_is_answered_as_described() {
    let document = described();
    let service = running(Limits::default()).await;
    let sheet = |forms: usize| json!({ "forms": vec![[3; 7]; forms] }).to_string();
    let cases = [
        ("GET", "/health", String::new(), 200),
        ("GET", "/openapi.json", String::new(), 200),
        ("GET", "/v1/instruments", String::new(), 200),
        ("GET", "/v1/instruments/SWMWBS", String::new(), 200),
        ("GET", "/v1/instruments/phq", String::new(), 404),
        ("GET", &format!("/v1/instruments/{}", "x".repeat(101)), String::new(), 400),
        ("GET", "/v1/instruments/%FF", String::new(), 400),
        ("POST", SCORE, r#"{"answers":[3,3,3,3,3,3,3]}"#.into(), 200),
        ("POST", SCORE, r#"{"answers":[3,3,null,3,3,3,300]}"#.into(), 200),
        ("POST", SCORE, r#"{"answers":[3,3,1.5,3,3,3,3]}"#.into(), 422),
        ("POST", SCORE, r#"{"answers":[3]}"#.into(), 422),
        ("POST", SCORE, r#"{"answers":"#.into(), 400),
        ("POST", SCORE, r#"{"answer":[]}"#.into(), 422),
        ("POST", SCORE, " ".repeat((1 << 20) + 1), 413),
        ("POST", SCORES, r#"{"forms":[[3,3,3,3,3,3,3],[3],["3",3,3,3,3,3,3]]}"#.into(), 200),
        ("POST", SCORES, sheet(10_001), 413),
        ("POST", CHANGE, r#"{"baseline":[1798],"follow-up":[2154]}"#.into(), 200),
        ("POST", CHANGE, r#"{"baseline":[],"follow-up":[]}"#.into(), 200),
        ("POST", CHANGE, r#"{"baseline":[1798],"follow-up":[]}"#.into(), 422),
        (
            "POST",
            &CHANGE.replace("wellbeing", "mood"),
            r#"{"baseline":[],"follow-up":[]}"#.into(),
            404,
        ),
    ];
    let mut answered = BTreeSet::new();
    for (method, path, body, expected) in cases {
        let (status, found) = ask(service.address, method, path, &body).await;
        assert_eq!(status, expected, "{method} {path}: {found}");
        let template = template(path);
        let schema = schema(&document, &template, method, status);
        if let Err(error) = jsonschema::validate(&schema, &found) {
            panic!("{method} {path}: {error} in {found}");
        }
        answered.insert(template);
    }
    let paths: BTreeSet<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(answered, paths);
}

#[tokio::test]
async fn the_description_gives_examples_that_work() {
    let document = described();
    let service = running(Limits::default()).await;
    for (schema, path) in [("Form", SCORE), ("Forms", SCORES), ("Sittings", CHANGE)] {
        let body = document["components"]["schemas"][schema]["example"].to_string();
        let (status, found) = ask(service.address, "POST", path, &body).await;
        assert_eq!(status, 200, "{found}");
    }
}

#[tokio::test]
async fn answers_have_the_numbers_of_the_papers() {
    let service = running(Limits::default()).await;
    // SWEMWBS raw 21 is 19.25 metric in the table of Stewart-Brown et al. (2009).
    let (_, found) = ask(service.address, "POST", SCORE, r#"{"answers":[3,3,3,3,3,3,3]}"#).await;
    let expected = json!({
        "measure": "wellbeing", "outcome": "scored", "points": 1925, "value": 19.25, "raw": 21,
        "answered": 7, "band": { "set": "england-2010-2013", "band": "low" },
    });
    assert_eq!(found["measures"], json!([expected]));
    // Of changes of 3.56 and 1.48 points, one reaches the 3 of NHS England.
    let pairs =
        r#"{"baseline":[1798,1925],"follow-up":[2154,2073],"change-rules":["nhs-england"]}"#;
    let (_, found) = ask(service.address, "POST", CHANGE, pairs).await;
    assert_eq!(found["any-change"]["improved"]["count"], 2);
    assert_eq!(found["reliable-change"][0]["improved"]["count"], 1);
}

#[tokio::test]
async fn refusals_say_fact_limit_and_remedy() {
    let service = running(Limits::default()).await;
    let many = json!({ "forms": vec![[0; 0]; 10_001] }).to_string();
    let deep = format!(r#"{{"answers":{}"#, "[".repeat(200));
    for (method, path, body, code, message) in [
        (
            "GET",
            "/v1/instruments/swem",
            "",
            "unknown-instrument",
            "no instrument is called \"swem\"; ",
        ),
        (
            "POST",
            SCORE,
            r#"{"answers":[3]}"#,
            "wrong-number-of-answers",
            "1 answers were given for the 7 items of `swemwbs`; give one for each item, blanks included",
        ),
        (
            "POST",
            SCORE,
            r#"{"answers":[3,3,true,3,3,3,3]}"#,
            "not-an-answer",
            "item 3 (`relaxed`) was answered true, which is not a whole number; ",
        ),
        (
            "POST",
            SCORE,
            r#"{"answers":[3,3,18446744073709551615,3,3,3,3]}"#,
            "out-of-range",
            "item 3 (`relaxed`) was answered 18446744073709551615, outside 1..=5; ",
        ),
        (
            "POST",
            SCORES,
            &many,
            "too-many",
            "10001 forms were given, above 10000; give them in several requests",
        ),
        (
            "POST",
            CHANGE,
            r#"{"baseline":[19],"follow-up":[1798]}"#,
            "score-off-scale",
            "row 0: the baseline score is 19 points, outside 700..=3500; ",
        ),
        (
            "POST",
            CHANGE,
            r#"{"baseline":[],"follow-up":[],"level":95}"#,
            "level-outside",
            "the confidence level is 95, ",
        ),
        (
            "POST",
            CHANGE,
            r#"{"baseline":[],"follow-up":[],"bootstrap":{}}"#,
            "unreadable-json",
            "the body cannot be read: bootstrap: unknown field `bootstrap`, expected one of ",
        ),
        (
            "POST",
            SCORE,
            "",
            "unreadable-json",
            "the body cannot be read: EOF while parsing a value at line 1 column 0; /openapi.json says \
             what it may hold",
        ),
        (
            "POST",
            SCORE,
            &deep,
            "unreadable-json",
            "the body cannot be read: recursion limit exceeded at line 1 column 138; /openapi.json says \
             what it may hold",
        ),
        (
            "GET",
            "/v1/instruments/%FF",
            "",
            "unreadable-path",
            "the path has a name that is not UTF-8; give an id",
        ),
        (
            "POST",
            SCORES,
            &format!("{}1", " ".repeat(1 << 20)),
            "body-too-large",
            "the body has more bytes than a request may have; send fewer forms or pairs in each",
        ),
        (
            "GET",
            "/v2",
            "",
            "no-such-path",
            "there is nothing at this path; /openapi.json lists what there is",
        ),
        (
            "GET",
            SCORE,
            "",
            "no-such-method",
            "the path does not know this method; /openapi.json lists what there is",
        ),
    ] {
        let (_, found) = ask(service.address, method, path, body).await;
        assert_eq!(found["code"], code, "{found}");
        assert!(found["message"].as_str().unwrap().starts_with(message), "{found}");
    }
}

#[tokio::test]
async fn what_is_not_sent_as_plain_json_is_refused() {
    let service = running(Limits::default()).await;
    for (header, sent, code, message) in [
        (
            "content-type: application/json",
            "content-type: text/plain",
            "not-json",
            "the body came without the header `content-type: application/json`; send JSON, and say so",
        ),
        (
            "host: localhost",
            "host: localhost\r\ncontent-encoding: gzip",
            "encoded-body",
            "the body came with a `content-encoding`; send it as it is",
        ),
    ] {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        let request = head("POST", SCORE, 2).replace(header, sent) + "{}";
        stream.write_all(request.as_bytes()).await.unwrap();
        let (status, _, found) = answer(&mut stream).await;
        assert_eq!((status, found), (415, json!({ "code": code, "message": message })));
    }
}

/// A request whose body is still to come.
async fn under_way(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head("POST", SCORE, 27).as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn one_caller_too_many_is_told_to_come_back_and_a_slow_one_is_let_go() {
    let limits = Limits { at_once: 1, time: Duration::from_millis(500), ..Limits::default() };
    let service = running(limits).await;
    let mut slow = under_way(service.address).await;
    // The first is in once somebody else is turned away.
    let told = loop {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        stream.write_all(head("GET", "/v1/instruments", 0).as_bytes()).await.unwrap();
        let (status, head, found) = answer(&mut stream).await;
        if status == 503 {
            break (head, found);
        }
    };
    assert!(told.0.contains("\r\nretry-after: 1"), "{}", told.0);
    assert_eq!(told.1["code"], "busy");
    let (status, _) = ask(service.address, "GET", "/health", "").await;
    assert_eq!(status, 200);
    let (status, _, found) = answer(&mut slow).await;
    assert_eq!((status, &found["code"]), (408, &json!("too-slow")));
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way() {
    let service = running(Limits::default()).await;
    let mut stream = under_way(service.address).await;
    // The service has the request before it is asked to stop: another one is answered after it.
    let (status, _) = ask(service.address, "GET", "/health", "").await;
    assert_eq!(status, 200);
    service.stop.send(()).unwrap();
    time::sleep(Duration::from_millis(50)).await;
    assert!(!service.ended.is_finished());
    stream.write_all(br#"{"answers":[3,3,3,3,3,3,3]}"#).await.unwrap();
    let (status, _, found) = answer(&mut stream).await;
    assert_eq!((status, &found["measures"][0]["value"]), (200, &json!(19.25)));
    assert_eq!(service.ended.await.unwrap(), Ended::Answered);
    assert!(TcpStream::connect(service.address).await.is_err());
}

#[tokio::test]
async fn a_head_that_never_ends_is_let_go() {
    let service = running(Limits { time: Duration::from_millis(100), ..Limits::default() }).await;
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\nhost").await.unwrap();
    assert_eq!(stream.read_to_end(&mut Vec::new()).await.unwrap(), 0);
}

/// Whoever asks and takes no answer would otherwise keep the service from ending.
#[tokio::test]
async fn stopping_waits_no_longer_than_a_request_may_take() {
    let service = running(Limits { time: Duration::from_millis(500), ..Limits::default() }).await;
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    let (mut taken, mut asked) = stream.split();
    let request = b"GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    // Until what lies between the two is full.
    while time::timeout(Duration::from_millis(200), asked.write_all(request)).await.is_ok() {}
    service.stop.send(()).unwrap();
    assert_eq!(service.ended.await.unwrap(), Ended::CutOff);
    assert!(taken.read_u8().await.is_ok());
}

#[cfg(unix)]
#[test]
fn the_program_says_where_it_listens_and_stops_on_a_signal() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_clw-service"));
    let mut program = program.arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    let listening = line();
    let address = listening.strip_prefix("listening on http://").unwrap();
    assert!(std::net::TcpStream::connect(address).is_ok());
    assert!(Command::new("kill").arg(program.id().to_string()).status().unwrap().success());
    assert_eq!(line(), "stopped; every request under way was answered");
    assert!(program.wait().unwrap().success());
}
