import { z } from "zod"

/**
 * Ids are UUIDs. The client creates them for what it creates (version 7, so that they sort by time). Uppercase means
 * the same id (RFC 9562, 4); ids are stored in lowercase.
 */
export const idSchema = z.uuid().toLowerCase()
