"""What two ends say to each other, as the packets that a firewall sees between them."""

from dataclasses import dataclass, field

from genai_defense.proofs.firewall.packets import Ends, Flag, Packet, icmp_echo, ipv4, tcp, udp


@dataclass
class Conversation:
    """Packets between a client and a server, written as if nobody stood between them.

    Attributes:
        ends: Who talks.
        packets: What was said so far.
    """

    ends: Ends
    packets: list[Packet] = field(default_factory=list[Packet])
    _sent: dict[bool, int] = field(default_factory=lambda: {True: 1000, False: 9000})

    def connect(self) -> "Conversation":
        """Open a TCP connection with the three packets of its handshake."""
        self._segment(Flag.SYN, to_server=True)
        self._segment(Flag.SYN | Flag.ACK, to_server=False)
        self._segment(Flag.ACK, to_server=True)
        return self

    def ask(self, *parts: bytes) -> "Conversation":
        """Send from the client, one segment for each part."""
        for part in parts:
            self._segment(Flag.PSH | Flag.ACK, part, to_server=True)
        return self

    def answer(self, data: bytes) -> "Conversation":
        """Send from the server."""
        self._segment(Flag.PSH | Flag.ACK, data, to_server=False)
        return self

    def datagram(self, data: bytes, *, to_server: bool = True) -> "Conversation":
        """Send one UDP datagram."""
        self.packets.append(udp(self.ends, data, to_server=to_server))
        return self

    def ping(self, data: bytes) -> "Conversation":
        """Send an ICMP echo request and its reply."""
        self.packets += [icmp_echo(self.ends, data, to_server=way) for way in (True, False)]
        return self

    def raw(self, protocol: int, data: bytes) -> "Conversation":
        """Send an IPv4 packet of another protocol, such as 47 for GRE."""
        packet = ipv4(self.ends.client, self.ends.server, protocol, data)
        self.packets.append(Packet(packet, to_server=True, payload=len(data)))
        return self

    def _segment(self, flags: Flag, data: bytes = b"", *, to_server: bool) -> None:
        acknowledged = self._sent[not to_server] if flags & Flag.ACK else 0
        self.packets.append(
            tcp(self.ends, flags, self._sent[to_server], acknowledged, data, to_server=to_server)
        )
        self._sent[to_server] += len(data) + bool(flags & Flag.SYN)
