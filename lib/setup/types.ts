/** Giving Sparkler an API key on the page: what browser and server say to each other. Safe to import on both sides. */

/** `GET /api/key`. */
export interface KeyAccess {
  /** Who asks may set, replace and remove the key. */
  may: boolean
  /** Where the key in use comes from; the environment wins over a stored one. */
  source: "environment" | "stored" | "none"
  /** Of the stored key, its last four characters: for who may change it, and where they give nothing away. */
  lastFour: string | null
  /** There is a stored key that can't be read. */
  damaged: boolean
  /** There is a stored key, whether it is in use or not. */
  stored: boolean
  /** The server that the key is for is another one than Fireworks: its host. */
  server: string | null
}

/** `PUT /api/key`. */
export interface KeptKey {
  access: KeyAccess
  /** Names of the models that it opens. */
  models: string[]
  /** What is left of the account's limits, as far as it says so; USD for `monthly-spend-usd`. */
  quotas: { name: string; left: number; of: number }[]
}
