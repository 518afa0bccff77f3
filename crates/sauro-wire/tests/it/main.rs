//! Asking other servers: where that is allowed, how long it takes at most, how much is read.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use hyper::Request;
use sauro_wire::{Bounds, Reach, Wire, WireError, is_public, is_this_machine};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Answers one question with `answer`, after `wait`, and hands over what was asked.
async fn server(answer: String, wait: Duration) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut buffer = vec![0; 4096];
        let n = stream.read(&mut buffer).await.unwrap();
        tokio::time::sleep(wait).await;
        let _ = stream.write_all(answer.as_bytes()).await;
        String::from_utf8_lossy(&buffer[..n]).into_owned()
    });
    (port, asked)
}

/// The same, and never closes the connection.
async fn server_that_stays(answer: String) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let stays = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(answer.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_secs(60)).await;
    });
    (port, stays)
}

fn bounds(reach: Reach) -> Bounds {
    Bounds { patience: Duration::from_millis(600), most_bytes: 64, reach }
}

fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

fn wire() -> Wire {
    Wire::trusting(Path::new("")).unwrap()
}

#[tokio::test]
async fn a_question_goes_to_its_path_and_host_and_the_answer_comes_whole() {
    let answer = "HTTP/1.1 202 Accepted\r\ncontent-length: 3\r\n\r\nxin".to_owned();
    let (port, asked) = server(answer, Duration::ZERO).await;
    let request = get(&format!("http://ten:mat@127.0.0.1:{port}/gui?so=1"));
    let came = wire().ask(request, bounds(Reach::Secure)).await.unwrap();
    assert_eq!((came.status().as_u16(), came.body().as_ref()), (202, b"xin".as_slice()));
    let asked = asked.await.unwrap().to_lowercase();
    assert!(asked.starts_with("get /gui?so=1 http/1.1\r\n"), "{asked}");
    assert!(asked.contains(&format!("host: 127.0.0.1:{port}\r\n")), "{asked}");
}

#[tokio::test]
async fn a_name_with_several_addresses_is_asked_at_the_one_that_listens() {
    // Where the machine has both, `localhost` is ::1 as well, where nothing listens.
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (port, _asked) = server(answer, Duration::ZERO).await;
    let came = wire().ask(get(&format!("http://localhost:{port}/")), bounds(Reach::Secure)).await;
    assert_eq!(came.unwrap().status().as_u16(), 200);
}

#[tokio::test]
async fn nothing_of_the_own_network_and_nothing_in_the_open_is_asked_where_it_may_not() {
    let (port, _asked) = server(String::new(), Duration::ZERO).await;
    for (url, reach) in [
        (format!("http://127.0.0.1:{port}/"), Reach::Public),
        (format!("https://127.0.0.1:{port}/"), Reach::Public),
        (format!("https://localhost:{port}/"), Reach::Public),
        ("http://192.0.2.1/".to_owned(), Reach::Secure),
        ("/khong-co-may-chu".to_owned(), Reach::Anywhere),
    ] {
        let came = wire().ask(get(&url), bounds(reach)).await;
        assert!(matches!(came, Err(WireError::Address(_))), "{url}: {came:?}");
    }
}

#[tokio::test]
async fn who_answers_too_late_too_much_or_not_at_all_is_told_apart() {
    let wire = wire();
    let late = Duration::from_secs(5);
    let (port, _asked) = server("HTTP/1.1 200 OK\r\n\r\n".to_owned(), late).await;
    let came = wire.ask(get(&format!("http://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    assert!(matches!(came, Err(WireError::Silent)), "{came:?}");

    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}", "a".repeat(100));
    let (port, _asked) = server(long, Duration::ZERO).await;
    let came = wire.ask(get(&format!("http://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    let is_cut =
        |it: &WireError| matches!(it, WireError::Cut { head, .. } if head.status.is_success());
    assert!(came.as_ref().is_err_and(is_cut), "{came:?}");

    // What was taken is known from the head, whether or not anything ends after it.
    let open = "HTTP/1.1 201 Created\r\nretry-after: 5\r\ncontent-length: 9\r\n\r\nxin".to_owned();
    let (port, _asked) = server_that_stays(open).await;
    let came = wire.ask(get(&format!("http://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    assert!(came.as_ref().is_err_and(is_cut), "{came:?}");

    let (port, _asked) = server(String::new(), Duration::ZERO).await;
    let came = wire.ask(get(&format!("http://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    assert!(matches!(came, Err(WireError::Broken(_))), "{came:?}");

    // It takes connections and never says who it is: nothing was asked of it.
    let mute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = mute.local_addr().unwrap().port();
    let came = wire.ask(get(&format!("https://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    assert!(matches!(came, Err(WireError::Unreached(_))), "{came:?}");

    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let came = wire.ask(get(&format!("http://127.0.0.1:{free}/")), bounds(Reach::Secure)).await;
    assert!(matches!(came, Err(WireError::Unreached(_))), "{came:?}");
}

#[tokio::test]
async fn a_redirection_is_an_answer_and_is_not_followed() {
    let answer = "HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/\r\ncontent-length: 0\r\n\r\n";
    let (port, _asked) = server(answer.to_owned(), Duration::ZERO).await;
    let came = wire().ask(get(&format!("http://127.0.0.1:{port}/")), bounds(Reach::Secure)).await;
    assert_eq!(came.unwrap().status().as_u16(), 302);
}

#[test]
fn addresses_of_the_own_network_are_none_of_the_public() {
    for (address, is) in [
        ("8.8.8.8", true),
        ("2606:4700::1", true),
        ("10.0.0.1", false),
        ("127.0.0.1", false),
        ("169.254.169.254", false),
        ("100.64.0.1", false),
        ("::1", false),
        ("fd00::1", false),
        ("::ffff:192.168.1.1", false),
    ] {
        assert_eq!(is_public(address.parse().unwrap()), is, "{address}");
    }
    for (host, is) in
        [("localhost", true), ("127.0.0.1", true), ("[::1]", true), ("cong.vn", false)]
    {
        assert_eq!(is_this_machine(host), is, "{host}");
    }
}
