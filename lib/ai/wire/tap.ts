/** Somebody who is told what goes over the wire: a recording. Nothing of it throws or waits. */
export interface WireTap {
  /** A request is sent: its address and its body. */
  asked(address: string, body: string): WireCall
}

/** One request, and how it is answered. */
export interface WireCall {
  answered(status: number, headers: Headers): void
  /** All that is read of a refusal. */
  refused(words: string): void
  /** A piece of an answer, as it arrived. */
  heard(text: string): void
  /** Nothing more comes; `error`: since that went wrong. */
  ended(error?: unknown): void
}
