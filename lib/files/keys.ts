import { v7 as uuidv7 } from "uuid"

/** A new unique key that sorts after earlier ones. */
export const newKey = (): string => uuidv7()

const HASH = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Versions that only had images used the hash of the content as the key. */
export const isHashKey = (key: string): boolean => HASH.test(key)

/** Whether this looks like one of our keys. */
export const isKey = (key: string): boolean => HASH.test(key) || UUID.test(key)

/** Keeps outside input from becoming a path or a URL. Throws. */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new Error("not a key of the file store")
}
