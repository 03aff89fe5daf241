//! Takes connections until it is asked to stop, and holds each of them to the time limit.

use std::io;
use std::pin::pin;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::{select, spawn, time};

use crate::{Limits, app};

/// How the service came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every request under way was answered.
    Answered,
    /// Somebody had not sent a whole request, or not taken the answer, within the time limit.
    CutOff,
}

/// Serves until `stop`, and then takes no new connection and answers what is under way, for no
/// longer than a request may take.
///
/// `axum::serve` would wait for the end of a head, and for an answer to be taken, without a limit.
pub async fn serve(listener: TcpListener, limits: Limits, stop: impl Future<Output = ()>) -> Ended {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.time);
    let service = TowerToHyperService::new(app(limits));
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let stream = select! {
            () = &mut stop => break,
            accepted = accepted(&listener) => accepted,
        };
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        // One that breaks off has nobody left to be told.
        spawn(connections.watch(connection));
    }
    drop(listener);
    select! {
        () = connections.shutdown() => Ended::Answered,
        () = time::sleep(limits.time) => Ended::CutOff,
    }
}

/// The next connection. Where none can be taken, most likely for want of file handles, it tries
/// again: those that end give theirs back.
async fn accepted(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => time::sleep(Duration::from_millis(100)).await,
        }
    }
}
