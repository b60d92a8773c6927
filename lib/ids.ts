import { z } from "zod"

/**
 * Ids are UUIDs, made by the client for what the client creates (version 7, so that they sort by time). Capitals are
 * the same id (RFC 9562, 4), and are kept in small letters.
 */
export const idSchema = z.uuid().toLowerCase()
