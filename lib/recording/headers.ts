/** Response headers of a model server that help with debugging; no others are kept. */

const TOLD =
  /^(?:content-type|date|retry-after|server|via|cf-ray|x-request-id|request-id|x-ratelimit-[a-z-]+|(?:x-)?fireworks-[a-z0-9-]+)$/

export const isTold = (name: string): boolean => TOLD.test(name.toLowerCase())
