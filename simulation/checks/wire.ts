/**
 * What every connection may expect of its streams: after `follow` and `watch` the events come with the numbers that
 * follow, each once, in order, without a hole, and nothing of a stream that was not asked for. Looked at where the
 * node writes; the network keeps the order or cuts the connection.
 */
import type { ClientFrame, ServerFrame } from '@confab/protocol';
import type { Link } from '../platform/network.ts';
import type { Findings } from './findings.ts';

export interface WireCheck {
  opened(link: Link): void;
  nodeReads(link: Link, frame: ClientFrame): void;
  nodeWrites(link: Link, frame: ServerFrame): void;
}

/** The last number sent per stream; a stream that is not in it must be silent. */
type Places = Map<string, number>;

export function createWireCheck(findings: Findings): WireCheck {
  const connections = new WeakMap<Link, Places>();
  const placesOf = (link: Link): Places => connections.get(link) ?? new Map<string, number>();

  function event(link: Link, { stream, seq }: Extract<ServerFrame, { t: 'event' }>): void {
    const places = placesOf(link);
    const last = places.get(stream);
    if (stream.startsWith('user:') && stream !== `user:${link.caller.userId}`) {
      findings.broken('own', `${link.id} got ${stream} ${seq}.`, [link.id]);
    }
    if (last === undefined) {
      findings.broken('order', `${link.id} got ${stream} ${seq} and does not follow that stream.`, [
        link.id,
        stream,
      ]);
    } else if (seq !== last + 1) {
      findings.broken('order', `${link.id} got ${stream} ${seq} after ${last}.`, [link.id, stream]);
    }
    places.set(stream, seq);
  }

  return {
    opened(link) {
      connections.set(link, new Map());
    },
    nodeReads(link, frame) {
      const places = placesOf(link);
      const follow = frame.t === 'hello' || frame.t === 'follow' ? frame.follow : undefined;
      if (follow) {
        places.set('workspace', follow.workspace);
        places.set(`user:${link.caller.userId}`, follow.user);
      }
      const watches = frame.t === 'hello' ? (frame.watch ?? []) : frame.t === 'watch' ? [frame.watch] : [];
      for (const { roomId, after } of watches) places.set(`room:${roomId}`, after);
      if (frame.t === 'unwatch') places.delete(`room:${frame.roomId}`);
    },
    nodeWrites(link, frame) {
      const places = placesOf(link);
      switch (frame.t) {
        case 'event':
          return event(link, frame);
        case 'resync':
          if (!frame.stream.startsWith('room:')) return void places.set(frame.stream, frame.head);
          places.delete(frame.stream);
          // Nothing in a simulated world is so long, so old or so long away that the log could not be read on.
          findings.broken('place', `${link.id} has to begin ${frame.stream} anew.`, [link.id, frame.stream]);
          return;
        case 'unwatched':
          places.delete(`room:${frame.roomId}`);
          return;
        case 'watching': {
          const sent = places.get(`room:${frame.roomId}`);
          if (sent === undefined || sent <= frame.head) return;
          findings.broken(
            'order',
            `${link.id} is told that room ${frame.roomId} stands at ${frame.head} after ${sent}.`,
            [link.id, `room:${frame.roomId}`],
          );
          return;
        }
        case 'welcome':
        case 'reply':
        case 'refused':
        case 'badges':
        case 'signal':
        case 'pong':
        case 'goodbye':
      }
    },
  };
}
