/** An observer of what goes over the wire: a recording. None of its methods throws or waits. */
export interface WireTap {
  /** A request is sent: its URL and body. */
  asked(address: string, body: string): WireCall
}

/** One request and its response. */
export interface WireCall {
  answered(status: number, headers: Headers): void
  /** Everything that is read of a refusal. */
  refused(words: string): void
  /** A piece of an answer, as it arrives. */
  heard(text: string): void
  /** No more data follows; with the `error` if it failed. */
  ended(error?: unknown): void
}
