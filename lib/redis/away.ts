/** Redis is unreachable, or doesn't respond in time. */
export class RedisAway extends Error {
  override name = "RedisAway"
  constructor(cause?: unknown, message = "Redis is unreachable") {
    super(message, { cause })
  }
}
