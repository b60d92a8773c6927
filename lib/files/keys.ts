import { v7 as uuidv7 } from "uuid"

/** A key that was never used, and sorts behind those before it. */
export const newKey = (): string => uuidv7()

const HASH = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The hash of the content was the key in versions that had images only. */
export const isHashKey = (key: string): boolean => HASH.test(key)

/** Does this look like a key of ours? */
export const isKey = (key: string): boolean => HASH.test(key) || UUID.test(key)

/** Nothing from outside may become a path or an address. Throws. */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new Error("not a key of the file store")
}
