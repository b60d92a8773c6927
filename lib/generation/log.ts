import type { UIMessageChunk } from "ai"

/** A numbered chunk of a running answer, as JSON. Numbers start at 0 and have no gaps. */
export interface LogEvent {
  seq: number
  json: string
}

/**
 * The live log of running generations: one writer, any number of followers. Two makes: in memory (one
 * process) and Redis (many).
 */
export interface GenerationLog {
  open(generationId: string): Promise<void>
  /** Numbers and stores the chunks; followers get those of one call together. Returns the last number. */
  append(generationId: string, chunks: UIMessageChunk[]): Promise<number>
  /** No more chunks. The log stays readable for a while, for who was reconnecting. */
  end(generationId: string): Promise<void>
  /** Events with a number above `after` (-1: all), then new ones until the end. Null when there is no such log. */
  follow(generationId: string, after: number, signal: AbortSignal): Promise<AsyncIterable<LogEvent[]> | null>
}
