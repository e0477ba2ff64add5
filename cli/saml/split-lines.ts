/** A line without its end, or the fact that it was longer than is held in memory. */
export type Line = Uint8Array | 'too-long';

/**
 * Cuts a stream of octets into lines, however its chunks fall. A line that grows beyond `longest` octets is dropped while
 * it arrives, so that memory stays bounded; what follows it is read as usual. After the last line end there is no line.
 */
export class LineSplitter {
  readonly #longest: number;
  #waiting: Uint8Array[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that this chunk completes. */
  *take(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      this.#hold(chunk.subarray(from, end));
      yield this.#line();
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  /** The last line, where the stream did not end with a line end. */
  *end(): Generator<Line> {
    if (this.#length > 0) yield this.#line();
  }

  #hold(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= this.#longest) this.#waiting.push(part);
    else this.#waiting = [];
  }

  #line(): Line {
    const line =
      this.#length > this.#longest
        ? 'too-long'
        : this.#waiting.length === 1
          ? (this.#waiting[0] ?? new Uint8Array())
          : Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#length = 0;
    return line;
  }
}
