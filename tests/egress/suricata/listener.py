"""The server at the end of the lane: it answers whatever the clients try, and writes down what it got."""

import json
import socket
import ssl
import sys
import threading
from pathlib import Path
from typing import Any

TLS, HTTP, RAW, TALKS_FIRST = 443, 80, 4444, 25
_LOCK = threading.Lock()
_PATIENCE_SECONDS = 6


def main(folder: Path) -> None:
    """Listen until the process is ended.

    Args:
        folder: Has `server.pem`; gets `received.jsonl` and, when all ports are open, `ready`.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    listeners = {port: socket.create_server(("", port)) for port in (TLS, HTTP, RAW, TALKS_FIRST)}
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("", 53))
    threads = [
        threading.Thread(target=_serve, args=(folder, port, listener, context))
        for port, listener in listeners.items()
    ]
    threads.append(threading.Thread(target=_echo, args=(folder, datagrams)))
    for thread in threads:
        thread.start()
    (folder / "ready").touch()
    for thread in threads:
        thread.join()


def _note(folder: Path, **what: Any) -> None:
    with _LOCK, (folder / "received.jsonl").open("a") as log:
        log.write(json.dumps(what) + "\n")


def _serve(folder: Path, port: int, listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_answer, args=(folder, port, connection, context)).start()


def _answer(folder: Path, port: int, connection: socket.socket, context: ssl.SSLContext) -> None:
    connection.settimeout(_PATIENCE_SECONDS)
    try:
        if port == TALKS_FIRST:
            connection.sendall(b"220 hello\r\n")
        first = connection.recv(65536, socket.MSG_PEEK)
        _note(folder, port=port, bytes=len(first))
        if port == TLS and first[:1] == b"\x16":
            with context.wrap_socket(connection, server_side=True) as secure:
                request = secure.recv(65536).decode()
                _note(folder, port=port, request=request)
                secure.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nserved")
        elif first:
            connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nserved")
    except OSError as error:
        _note(folder, port=port, error=str(error))
    finally:
        connection.close()


def _echo(folder: Path, datagrams: socket.socket) -> None:
    while True:
        data, sender = datagrams.recvfrom(65536)
        _note(folder, port=53, bytes=len(data))
        datagrams.sendto(data, sender)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
