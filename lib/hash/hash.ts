/** Hashes of what people type to be let in: argon2id in PHC form. */
import { hash, verify } from "@node-rs/argon2"
import { createLimiter } from "@/lib/limiter"
import { singleton } from "@/lib/singleton"

/** OWASP’s least for argon2id, the default: 19 MiB, two passes, one thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Hashes at once: each holds its memory and one of libuv's threads. */
const AT_ONCE = 2

const limit = () => singleton("hashing", () => createLimiter(AT_ONCE))

export const hashOf = (word: string): Promise<string> => limit()(() => hash(word, COST))

/** Whether a hash is of this word. False for what is no hash. */
export const isHashOf = (stored: string, word: string): Promise<boolean> =>
  limit()(() => verify(stored, word).catch(() => false))
