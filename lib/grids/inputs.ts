/** Converts a row's input to the message for a model. */
import { documentsOf } from "@/lib/documents/store/documents"
import type { GridInput } from "@/lib/grids/contract/grid"
import { AppError } from "@/lib/http/errors"
import { documentPart } from "@/lib/messages/document-part"
import type { MessageParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

/** The files that these inputs are, or are pages of. */
export const filesOf = (inputs: GridInput[]): { images: string[]; documents: string[] } => ({
  images: [...new Set(inputs.flatMap((input) => ("imageId" in input ? input.imageId : [])))],
  documents: [...new Set(inputs.flatMap((input) => ("documentId" in input ? input.documentId : [])))],
})

/** Throws `document:not_found` for a page of a document that no longer exists. */
export async function turnOf(userId: string, id: string, columns: string[], input: GridInput): Promise<ChatMessage> {
  return { id, role: "user", parts: await partsOf(userId, columns, input) }
}

async function partsOf(userId: string, columns: string[], input: GridInput): Promise<MessageParts> {
  if ("imageId" in input)
    return [{ type: "file", mediaType: "image/*", url: `/api/images/${input.imageId}`, filename: input.name }]
  if ("documentId" in input) {
    const [info] = await documentsOf(userId, [input.documentId])
    if (info?.status !== "ready") throw new AppError("document:not_found/gone")
    const data = documentPart(info, { range: [[input.page, input.page]], mode: "auto" })
    return [{ type: "data-document", data }]
  }
  return [{ type: "text", text: "text" in input ? input.text : fieldsAsText(columns, input.fields) }]
}

/** The cells of a row, labeled with their column names. Empty ones are omitted. */
export const fieldsAsText = (columns: string[], fields: string[]): string =>
  fields.flatMap((value, at) => (value.trim() ? `${columns[at] ?? `Column ${at + 1}`}: ${value}` : [])).join("\n")
