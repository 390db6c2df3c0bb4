import { streamName, type StreamRef } from './stream.ts';

/**
 * A committed event. `json` is its data as it stands in the log; it is parsed only by who must look inside, and where
 * whoever made it does not bring `data` along.
 */
export class StreamEvent {
  readonly stream: StreamRef;
  readonly seq: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly name: string;
  readonly json: string;
  #data: unknown;
  #text: string | undefined;

  constructor(
    stream: StreamRef,
    place: { seq: number; at: number },
    content: { name: string; json: string; data?: unknown },
  ) {
    this.stream = stream;
    this.seq = place.seq;
    this.at = place.at;
    this.name = content.name;
    this.json = content.json;
    this.#data = content.data;
  }

  /** The data, parsed once. The log holds only what this program or its neighbours wrote by the protocol. */
  data<Shape>(): Shape {
    this.#data ??= JSON.parse(this.json);
    return this.#data as Shape;
  }

  /** The frame as it goes to every socket, built once. */
  frameText(epoch: number): string {
    this.#text ??= `{"t":"event","stream":"${streamName(this.stream)}","epoch":${epoch},"seq":${this.seq},"at":${this.at},"name":"${this.name}","data":${this.json}}`;
    return this.#text;
  }
}
