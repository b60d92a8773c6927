/** The contract between browser and server for setting an API key on the page. Safe to import on both sides. */

/** `GET /api/key`. */
export interface KeyAccess {
  /** Whether the sender may set, replace, and remove the key. */
  may: boolean
  /** The source of the key in use; the environment takes precedence over a stored key. */
  source: "environment" | "stored" | "none"
  /** The last four characters of the stored key: for people who may change it, and if the key is long enough. */
  lastFour: string | null
  /** There is a stored key that can't be read. */
  damaged: boolean
  /** There is a stored key, whether it is in use or not. */
  stored: boolean
  /** The host of the model server, if it isn't Fireworks. */
  server: string | null
}

/** `PUT /api/key`. */
export interface KeptKey {
  access: KeyAccess
  /** Names of the models that the key can use. */
  models: string[]
  /** The account's remaining limits, as far as reported; USD for `monthly-spend-usd`. */
  quotas: { name: string; left: number; of: number }[]
}
