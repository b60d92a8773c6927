/** Request schemas of the list's routes. */
import { z } from "zod"
import { MAX_BULK, MAX_FOLDER_NAME, MAX_TAGS, tagName } from "@/lib/chat/list/sections"
import { cut } from "@/lib/cut"
import { idSchema } from "@/lib/ids"

const tag = z.string().max(200).transform(tagName).pipe(z.string().min(1, "a tag needs a letter"))

const sectionSchema = z.union([
  z.enum(["all", "list", "pinned", "archived"]),
  z
    .templateLiteral(["folder:", z.uuid()])
    .transform((section) => section.toLowerCase())
    .pipe(z.templateLiteral(["folder:", z.uuid()])),
  z.templateLiteral(["tag:", z.string().min(1).max(200)]),
])

/** An `orderKey`. */
export const cursorSchema = z
  .string()
  .max(100)
  .transform((text) => text.split("~"))
  .pipe(z.tuple([z.iso.datetime(), idSchema]))
  .transform(([updatedAt, id]) => ({ updatedAt: new Date(updatedAt), id }))
export type Cursor = z.infer<typeof cursorSchema>

export const listQuerySchema = z.strictObject({
  in: sectionSchema.default("all"),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const change = [
  z.strictObject({ deleted: z.boolean() }),
  z.strictObject({ archived: z.boolean() }),
  z.strictObject({ pinned: z.boolean() }),
  z.strictObject({ folderId: idSchema.nullable() }),
  z.strictObject({
    tags: z.strictObject({ add: z.array(tag).max(MAX_TAGS).default([]), remove: z.array(tag).max(500).default([]) }),
  }),
] as const

const ids = z.array(idSchema).min(1).max(MAX_BULK)

/** `PATCH /api/conversations`: one change for all of these conversations. */
export const bulkSchema = z.union(change.map((one) => one.extend({ ids })))
export type BulkChange = z.infer<(typeof change)[number]>

/** Additional changes for `PATCH /api/conversations/{id}`. */
export const placeChangeSchema = z.union(change.slice(3))

const folderNameSchema = z
  .string()
  .max(1_000)
  .transform((text) => cut(text.replace(/\s+/g, " ").trim(), MAX_FOLDER_NAME))
  .pipe(z.string().min(1, "a folder needs a name"))
export const newFolderSchema = z.strictObject({ id: idSchema, name: folderNameSchema })
export const folderChangeSchema = z.union([
  z.strictObject({ name: folderNameSchema }),
  z.strictObject({ deleted: z.literal(false) }),
  /** Tools that new conversations in it start with; null: all. */
  z.strictObject({ tools: z.array(z.string().max(64)).max(256).nullable() }),
])
