/**
 * A link that takes longer, without the kernel's netem, which not every kernel has: a small program between a host's port and
 * the bridge takes every frame from one side, keeps it, and gives it to the other, in both directions, in order.
 *
 * Frames go through packet sockets (packet(7)) with the header of virtio-net before each: in it the kernel says which
 * checksums and which cutting into pieces are still to be done, and without it they would be missing behind the relay.
 */

/** Arguments: two interfaces, and milliseconds. More than `frames_max` in one direction are lost, as on a real link. */
const relay = `
import collections, select, socket, sys, time
SOL_PACKET, PACKET_VNET_HDR, ETH_P_ALL, PACKET_OUTGOING = 263, 15, 3, 4
frames_max = 20000
def open_on(name):
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    opened.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8388608)
    opened.bind((name, ETH_P_ALL))
    opened.setblocking(False)
    return opened
one, other = open_on(sys.argv[1]), open_on(sys.argv[2])
delay = float(sys.argv[3]) / 1000
ways = {one: (other, collections.deque()), other: (one, collections.deque())}
while True:
    due = [kept[0][0] for _, kept in ways.values() if kept]
    wait = max(0, min(due) - time.monotonic()) if due else None
    for ready in select.select(list(ways), [], [], wait)[0]:
        try:
            frame, about = ready.recvfrom(131072)
        except OSError:
            continue
        if about[2] != PACKET_OUTGOING and len(ways[ready][1]) < frames_max:
            ways[ready][1].append((time.monotonic() + delay, frame))
    now = time.monotonic()
    for to, kept in ways.values():
        while kept and kept[0][0] <= now:
            try:
                to.send(kept.popleft()[1])
            except OSError:
                pass
`;

/** What the relay's own pair of interfaces is called in the switch. */
export const slowPair = ['slow-relay', 'slow-bridge'] as const;

/** For `ip -batch` in the switch: the port leaves its bridge, and the relay's pair takes its place there. */
export function slowLines(port: string): string[] {
  const [toRelay, toBridge] = slowPair;
  return [
    `link add ${toRelay} type veth peer name ${toBridge}`,
    ...slowPair.map((one) => `link set ${one} up`),
    `link set ${port} nomaster`,
    `link set ${toBridge} master private`,
  ];
}

export function relayCommand(port: string, eachWayMs: number): string[] {
  return ['python3', '-c', relay, port, slowPair[0], String(eachWayMs)];
}
