/** An invalid setting; the message names it and the allowed values. */
export class ConfigError extends Error {
  override name = "ConfigError"
}
