/** What `POST /api/uploads/{id}/take` is asked and answers. Safe to import on both sides. */
import type { ImageInfo } from "@/lib/images/types"
import type { TextFile } from "@/lib/messages/types"

/** What a file turned out to be, by its bytes. */
export type Taken =
  /**
   * `pages`: how many a file has that has several (TIFF). `images`: all of them, up to 30, where they were asked for; `image`
   * is the first.
   */
  | { kind: "image"; image: ImageInfo; images?: ImageInfo[]; pages?: number }
  /** `document`: as `GET /api/documents/{id}` describes it. */
  | { kind: "document"; document: { id: string } & Record<string, unknown> }
  /** Goes into the message as it is (`data-text-file`); nothing of it is stored. */
  | { kind: "text"; file: TextFile }

/** What a person says of a file that is taken in. */
export interface TakeRequest {
  /** Every page of a picture that has several (TIFF); else the first. */
  pages?: "all"
  /** Of an encrypted document. Kept nowhere. */
  password?: string
}
