//! Serves a router over HTTP/1.1, as axum's own server does, with a limit of the head that can be set.

use std::net::TcpListener as StdListener;
use std::thread;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

/// Far more lines than any head of the suite has.
const MOST_LINES: usize = 10_000;

/// Listens on a free local port, and serves in the background.
pub fn listen(router: Router, max_header_size: Option<usize>) -> u16 {
    let listener = StdListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    listener
        .set_nonblocking(true)
        .expect("a socket that does not block");
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(serve(listener, router, max_header_size));
    });
    port
}

async fn serve(listener: StdListener, router: Router, max_header_size: Option<usize>) {
    let listener = TcpListener::from_std(listener).expect("a listener");
    let mut connection = http1::Builder::new();
    if let Some(size) = max_header_size {
        connection.max_buf_size(size).max_headers(MOST_LINES);
    }
    loop {
        // A client that has left already is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        let served = connection.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // Ends with an error where a client leaves or a reply breaks off.
            let _ = served.await;
        });
    }
}
