/** Headers of a model server's answer that help to find a fault; no others are kept. */

const TOLD =
  /^(?:content-type|date|retry-after|server|via|cf-ray|x-request-id|request-id|x-ratelimit-[a-z-]+|(?:x-)?fireworks-[a-z0-9-]+)$/

export const isTold = (name: string): boolean => TOLD.test(name.toLowerCase())
