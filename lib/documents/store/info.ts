/** Stored data of a document, in its public form. */
import { z } from "zod"
import type { DocumentRow } from "@/lib/db/documents/documents"
import {
  DOCUMENT_KINDS,
  type DocumentFacts,
  type DocumentInfo,
  type DocumentNote,
  type ReadDocument,
} from "@/lib/documents/types"

const noteSchema = z.union([
  z.object({ note: z.enum(["macros", "javascript", "damaged"]) }),
  z.object({ note: z.literal("attachments"), names: z.array(z.string()) }),
  z.object({ note: z.literal("unreadable"), pages: z.array(z.number()) }),
  z.object({ note: z.literal("cut"), pages: z.number() }),
  z.object({ note: z.literal("images"), count: z.number(), inside: z.number().optional() }),
]) satisfies z.ZodType<DocumentNote>

const factsSchema = z.object({
  title: z.string().optional().catch(undefined),
  characters: z.number().catch(0),
  tokens: z.array(z.number()).catch([]),
  scanned: z.array(z.number()).catch([]),
  // A later version may store other notes.
  notes: z
    .array(z.unknown())
    .catch([])
    .transform((notes) => notes.flatMap((note): DocumentNote | [] => noteSchema.safeParse(note).data ?? [])),
})

const kindSchema = z.enum(DOCUMENT_KINDS).catch("text")
const statusSchema = z.enum(["reading", "locked", "ready"]).catch("reading")

/** The facts of a document that has been read, or (null) not yet. */
export function factsOf(document: ReadDocument | null, tokens: number[] = []): DocumentFacts {
  const { title, pages = [], notes = [] } = document ?? {}
  return {
    ...(title && { title }),
    characters: pages.reduce((sum, { text }) => sum + text.length, 0),
    tokens,
    scanned: pages.flatMap(({ scanned }, at) => (scanned ? [at + 1] : [])),
    notes,
  }
}

export const infoOf = ({ fileId, kind, status, pages, facts, file }: DocumentRow): DocumentInfo => ({
  ...{ id: fileId, name: file.name, kind: kindSchema.parse(kind), bytes: file.size },
  ...{ status: statusSchema.parse(status), pages, facts: factsSchema.parse(facts) },
})
