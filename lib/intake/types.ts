/** Request and response of `POST /api/uploads/{id}/take`. Safe to import on both sides. */
import type { ImageInfo } from "@/lib/images/types"
import type { TextFile } from "@/lib/messages/types"

/** What a file was detected as, from its bytes. */
export type Taken =
  /**
   * `pages`: number of pages, for a file with several (TIFF). `images`: all of them, up to 30, if requested; `image` is
   * the first.
   */
  | { kind: "image"; image: ImageInfo; images?: ImageInfo[]; pages?: number }
  /** `document`: as in `GET /api/documents/{id}`. */
  | { kind: "document"; document: { id: string } & Record<string, unknown> }
  /** Becomes part of the message (`data-text-file`); nothing is stored. */
  | { kind: "text"; file: TextFile }

/** Options from the user for taking a file. */
export interface TakeRequest {
  /** Every page of a picture with several pages (TIFF); otherwise the first. */
  pages?: "all"
  /** For an encrypted document. Never stored. */
  password?: string
}
