//! Serves until it is asked to stop, and then finishes what is under way.
//!
//! ```text
//! cargo run -p clw-service [address, 127.0.0.1:8080 unless given]
//! ```
#![expect(clippy::print_stdout, reason = "says where it listens")]

use std::env;
use std::error::Error;
use std::io;

use clw_service::{Ended, Limits, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".into());
    let listener = TcpListener::bind(&address).await?;
    let stop = asked_to_stop()?;
    println!("listening on http://{}", listener.local_addr()?);
    let told = match serve(listener, Limits::default(), stop).await {
        Ended::Answered => "stopped; every request under way was answered",
        Ended::CutOff => "stopped; what was not sent or taken within the time limit was cut off",
    };
    println!("{told}");
    Ok(())
}

/// Ends on Ctrl-C, or on the signal that service managers and containers send. It listens for both
/// before it returns, so that no signal is missed.
#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Ends on Ctrl-C.
#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async { tokio::signal::ctrl_c().await.unwrap_or_default() })
}
