"""IPv4 packets, written byte by byte: the few kinds that the cases need are not worth a dependency."""

import socket
import struct
from dataclasses import dataclass
from enum import IntFlag

_LINK_TYPE_RAW_IP = 101
_HEADER_WORDS = 5


class Flag(IntFlag):
    """Flags of a TCP segment."""

    FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


@dataclass(frozen=True)
class Packet:
    """One packet on the wire.

    Attributes:
        data: The IPv4 packet. Its checksums are zero: the engine is told not to look at them.
        to_server: Whether the client sent it.
        payload: How many bytes it carries for whoever listens.
    """

    data: bytes
    to_server: bool
    payload: int


@dataclass(frozen=True)
class Ends:
    """Two addresses and ports that talk to each other."""

    client: str
    client_port: int
    server: str
    server_port: int

    def pair(self, *, to_server: bool) -> tuple[str, int, str, int]:
        """Source address and port, destination address and port."""
        there = (self.client, self.client_port, self.server, self.server_port)
        return there if to_server else (self.server, self.server_port, self.client, self.client_port)


def ipv4(source: str, destination: str, protocol: int, body: bytes) -> bytes:
    """An IPv4 packet without options.

    Args:
        source: Address of the sender.
        destination: Address of the receiver.
        protocol: Number of the protocol that `body` is of, such as 17 for UDP.
        body: What the packet carries.
    """
    head = struct.pack(">BBHHHBBH", 0x45, 0, 4 * _HEADER_WORDS + len(body), 0, 0x4000, 64, protocol, 0)
    return head + socket.inet_aton(source) + socket.inet_aton(destination) + body


def tcp(
    ends: Ends, flags: Flag, sequence: int, acknowledged: int, data: bytes = b"", *, to_server: bool
) -> Packet:
    """A TCP segment.

    Args:
        ends: Who talks.
        flags: Its flags.
        sequence: Number of its first byte.
        acknowledged: Number of the byte that is expected next.
        data: What it carries.
        to_server: Whether the client sends it.
    """
    source, source_port, destination, destination_port = ends.pair(to_server=to_server)
    header = struct.pack(
        ">HHIIBBHHH",
        source_port,
        destination_port,
        sequence,
        acknowledged,
        _HEADER_WORDS << 4,
        flags,
        64000,
        0,
        0,
    )
    return Packet(ipv4(source, destination, socket.IPPROTO_TCP, header + data), to_server, len(data))


def udp(ends: Ends, data: bytes, *, to_server: bool = True) -> Packet:
    """A UDP datagram."""
    source, source_port, destination, destination_port = ends.pair(to_server=to_server)
    header = struct.pack(">HHHH", source_port, destination_port, 8 + len(data), 0)
    return Packet(ipv4(source, destination, socket.IPPROTO_UDP, header + data), to_server, len(data))


def icmp_echo(ends: Ends, data: bytes, *, to_server: bool = True) -> Packet:
    """An ICMP echo request, or the reply to it."""
    source, _, destination, _ = ends.pair(to_server=to_server)
    header = struct.pack(">BBHHH", 8 if to_server else 0, 0, 0, ends.client_port, 1)
    return Packet(ipv4(source, destination, socket.IPPROTO_ICMP, header + data), to_server, len(data))


def pcap(packets: list[Packet]) -> bytes:
    """A capture file with one packet each millisecond.

    Args:
        packets: In the order of the wire.
    """
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, _LINK_TYPE_RAW_IP)
    records = (
        struct.pack(
            "<IIII",
            1_000_000 + number // 1000,
            number % 1000 * 1000,
            len(packet.data),
            len(packet.data),
        )
        + packet.data
        for number, packet in enumerate(packets)
    )
    return head + b"".join(records)
