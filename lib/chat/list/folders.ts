/** Folders: one level, to group conversations. Every query includes the owner. */
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import {
  countFolders,
  createFolder,
  deleteFolder,
  folderExists,
  renameFolder,
  restoreFolder,
  setToolsOfFolder,
  toolsOfFolder,
} from "@/lib/db/folders"
import { createWithinLimit } from "@/lib/db/limits"
import { AppError } from "@/lib/http/errors"
import { settingsSchema } from "@/lib/messages/types"

/** Folders per user. */
const MAX_FOLDERS = 200

export const folderNotFound = () => new AppError("folder:not_found")

/** Creates a folder with an ID from the client; repeating a request changes nothing. Throws `limit:reached`. */
export async function makeFolder(userId: string, id: string, name: string): Promise<void> {
  if (await folderExists(db(), id, userId)) return
  try {
    const made = await createWithinLimit(userId, {
      most: MAX_FOLDERS,
      count: (client) => countFolders(client, userId),
      make: (client) => createFolder(client, { id, userId, name }),
    })
    if (!made) throw new AppError("limit:reached/folders", { values: { count: MAX_FOLDERS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // A retry, or someone else has the ID.
    if (!(await folderExists(db(), id, userId))) throw folderNotFound()
  }
}

/** Throws `folder:not_found`. */
export async function setFolderName(userId: string, id: string, name: string): Promise<void> {
  if (!(await renameFolder(id, userId, name))) throw folderNotFound()
}

const toolsSchema = settingsSchema.shape.tools.unwrap()

/** Names of the tools that new conversations in a folder start with; undefined: all. */
export const folderTools = async (userId: string, id: string): Promise<string[] | undefined> =>
  toolsSchema.safeParse(await toolsOfFolder(id, userId)).data

/** Sets those tools; null: all. Throws `folder:not_found`. */
export async function setFolderTools(userId: string, id: string, tools: string[] | null): Promise<void> {
  if (!(await setToolsOfFolder(id, userId, tools))) throw folderNotFound()
}

/** Deletes a folder; its conversations return to the list. Throws `folder:not_found`. */
export async function removeFolder(userId: string, id: string): Promise<void> {
  if (!(await deleteFolder(id, userId))) throw folderNotFound()
}

/** Undoes `removeFolder`, within 30 days. Throws `folder:not_found`. */
export async function restoreDeletedFolder(userId: string, id: string): Promise<void> {
  if (!(await restoreFolder(id, userId))) throw folderNotFound()
}
