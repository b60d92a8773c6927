/** The contract between browser and server for a person's own API key. Safe to import on both sides. */

/** `GET /api/own-key`. */
export interface OwnKeyState {
  /** The operator allows personal keys. */
  allowed: boolean
  /** Null: there is none. */
  key: {
    /** Null if the key is too short to show any of it. */
    lastFour: string | null
    inUse: boolean
    /** It can't be read anymore, and must be entered again. */
    damaged: boolean
  } | null
  /** Sparkler itself has a key, or a model server that needs none. */
  shared: boolean
  /** The host of the model server, if it isn't Fireworks. */
  server: string | null
}
