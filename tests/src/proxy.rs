//! Something between a client and the server: a proxy that counts requests and breaks off at one of them, and a pooler
//! that gives each transaction another session.
//!
//! Both know of the [protocol](https://www.postgresql.org/docs/current/protocol-message-formats.html) no more than where
//! a message ends: a simple query is one request, and `ReadyForQuery` ends its answer.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use schema_kit::server::{Address, Connection};

/// When the connection breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The request does not reach the server.
    BeforeRequest,
    /// It has reached the server, which is at work on it.
    During,
    /// The server has done it, and the client does not get to know.
    BeforeAnswer,
}

/// Where the connection breaks off, and what is done just before.
pub struct Fault {
    /// Which request, counted from 0.
    pub request: usize,
    /// When.
    pub moment: Moment,
    /// What is done: kill the client, stop the server, nothing.
    pub action: Box<dyn FnOnce() + Send>,
}

impl std::fmt::Debug for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} request {}", self.moment, self.request)
    }
}

/// A proxy for one connection.
#[derive(Debug)]
pub struct Proxy {
    url: String,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    requests: AtomicUsize,
    /// How many answers have ended; `None` once the server is gone.
    answers: Mutex<Option<usize>>,
    answered: Condvar,
    is_mute: AtomicBool,
}

impl Proxy {
    /// Starts it in front of a database.
    ///
    /// # Panics
    /// When there is no port for it.
    #[must_use]
    pub fn start(connection: &Connection, fault: Option<Fault>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = url(&listener, connection);
        let shared = Arc::new(Shared {
            answers: Mutex::new(Some(0)),
            ..Shared::default()
        });
        let (socket, inner) = (socket(connection), Arc::clone(&shared));
        thread::spawn(move || -> io::Result<()> {
            let (client, _) = listener.accept()?;
            let server = UnixStream::connect(socket)?;
            inner.serve(client, server, fault)
        });
        Self { url, shared }
    }

    /// The database's URL by way of it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many requests have come.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn serve(
        self: Arc<Self>,
        mut client: TcpStream,
        mut server: UnixStream,
        mut fault: Option<Fault>,
    ) -> io::Result<()> {
        server.write_all(&read_startup(&mut client)?)?;
        let (from, to) = (server.try_clone()?, client.try_clone()?);
        let answers = Arc::clone(&self);
        thread::spawn(move || answers.relay(from, to));
        while let Ok(message) = read_message(&mut client) {
            let is_request = matches!(message[0], b'Q' | b'S');
            let number = self.requests.load(Ordering::SeqCst);
            match fault.take_if(|fault| is_request && fault.request == number) {
                Some(fault) => {
                    self.break_off(&mut server, &message, fault)?;
                    break;
                }
                None => {
                    self.requests
                        .fetch_add(usize::from(is_request), Ordering::SeqCst);
                    server.write_all(&message)?;
                }
            }
        }
        // Either may be gone already.
        let _ = server.shutdown(Shutdown::Both);
        let _ = client.shutdown(Shutdown::Both);
        Ok(())
    }

    fn break_off(&self, server: &mut UnixStream, message: &[u8], fault: Fault) -> io::Result<()> {
        if fault.moment != Moment::BeforeRequest {
            self.is_mute.store(true, Ordering::SeqCst);
            server.write_all(message)?;
        }
        if fault.moment == Moment::BeforeAnswer {
            // The login is answered too.
            let answers = self.answers.lock().expect("no thread panics with it");
            let expected = fault.request + 2;
            let is_open =
                |answers: &mut Option<usize>| answers.is_some_and(|count| count < expected);
            drop(self.answered.wait_while(answers, is_open));
        }
        (fault.action)();
        Ok(())
    }

    fn relay(&self, mut server: UnixStream, mut client: TcpStream) {
        while let Ok(message) = read_message(&mut server) {
            if !self.is_mute.load(Ordering::SeqCst) && client.write_all(&message).is_err() {
                break;
            }
            if message[0] == b'Z' {
                let mut answers = self.answers.lock().expect("no thread panics with it");
                *answers = answers.map(|count| count + 1);
                self.answered.notify_all();
            }
        }
        *self.answers.lock().expect("no thread panics with it") = None;
        self.answered.notify_all();
        let _ = client.shutdown(Shutdown::Both);
    }
}

/// A pooler in transaction mode: a client has two sessions of the server, and each transaction is the other one's.
#[derive(Debug)]
pub struct Pooler {
    url: String,
}

impl Pooler {
    /// Starts it in front of a database.
    ///
    /// # Panics
    /// When there is no port for it.
    #[must_use]
    pub fn start(connection: &Connection) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = url(&listener, connection);
        let socket = socket(connection);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let servers = [UnixStream::connect(&socket), UnixStream::connect(&socket)];
                thread::spawn(move || -> io::Result<()> {
                    let [first, second] = servers;
                    pool(client, [first?, second?])
                });
            }
        });
        Self { url }
    }

    /// The database's URL by way of it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn pool(mut client: TcpStream, mut servers: [UnixStream; 2]) -> io::Result<()> {
    let startup = read_startup(&mut client)?;
    for (at, server) in servers.iter_mut().enumerate() {
        server.write_all(&startup)?;
        let answer = read_answer(server)?;
        if at == 0 {
            client.write_all(&answer)?;
        }
    }
    let mut turn = 0;
    loop {
        let message = read_message(&mut client)?;
        servers[turn].write_all(&message)?;
        if matches!(message[0], b'Q' | b'S') {
            let answer = read_answer(&mut servers[turn])?;
            client.write_all(&answer)?;
            // The last byte of `ReadyForQuery` says whether a transaction is open.
            if answer.last() == Some(&b'I') {
                turn = 1 - turn;
            }
        }
    }
}

fn url(listener: &TcpListener, connection: &Connection) -> String {
    let port = listener.local_addr().expect("it is bound").port();
    let database = connection.database();
    format!("postgresql://postgres@127.0.0.1:{port}/{database}?sslmode=disable")
}

fn socket(connection: &Connection) -> std::path::PathBuf {
    match connection.address() {
        Address::Socket(directory) => directory.join(".s.PGSQL.5432"),
        other => panic!("the tests' servers listen on sockets, not on {other:?}"),
    }
}

/// All messages up to `ReadyForQuery`.
fn read_answer(server: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    loop {
        let message = read_message(server)?;
        let is_last = message[0] == b'Z';
        answer.extend(message);
        if is_last {
            return Ok(answer);
        }
    }
}

/// The first message, which has no kind.
fn read_startup(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 4];
    stream.read_exact(&mut head)?;
    read_body(stream, head.to_vec(), u32::from_be_bytes(head))
}

fn read_message(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 5];
    stream.read_exact(&mut head)?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    read_body(stream, head.to_vec(), length)
}

/// The length counts itself.
fn read_body(stream: &mut impl Read, mut message: Vec<u8>, length: u32) -> io::Result<Vec<u8>> {
    let start = message.len();
    message.resize(start + length as usize - 4, 0);
    stream.read_exact(&mut message[start..])?;
    Ok(message)
}
