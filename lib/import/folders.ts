/** Folders of an import, by name: the existing folder of that name, or a new one. */
import { v7 as uuidv7 } from "uuid"
import { makeFolder } from "@/lib/chat/list/folders"
import { MAX_FOLDER_NAME } from "@/lib/chat/list/sections"
import { cut } from "@/lib/cut"
import { foldersOf } from "@/lib/db/folders"
import { AppError } from "@/lib/http/errors"

export class ImportFolders {
  private known: Map<string, string> | null = null

  constructor(private readonly userId: string) {}

  /** Null if the user has reached the folder limit. */
  async of(folder: string): Promise<string | null> {
    const name = cut(folder.trim(), MAX_FOLDER_NAME)
    if (!name) return null
    this.known ??= new Map((await foldersOf(this.userId)).map((row) => [row.name, row.id]))
    const there = this.known.get(name)
    if (there) return there
    const id = uuidv7()
    try {
      await makeFolder(this.userId, id, name)
    } catch (error) {
      if (error instanceof AppError && error.code === "limit:reached") return null
      throw error
    }
    this.known.set(name, id)
    return id
  }
}
