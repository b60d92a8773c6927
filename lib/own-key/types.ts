/** A person's own API key: what browser and server say to each other. Safe to import on both sides. */

/** `GET /api/own-key`. */
export interface OwnKeyState {
  /** The operator lets people use keys of their own. */
  allowed: boolean
  /** Null: there is none. */
  key: {
    /** Null where it is too short to show any of it. */
    lastFour: string | null
    inUse: boolean
    /** It can't be read any more, and has to be given again. */
    damaged: boolean
  } | null
  /** Sparkler itself has a key, or a model server that needs none. */
  shared: boolean
  /** The server that the key is for, when it isn't Fireworks. */
  server: string | null
}
