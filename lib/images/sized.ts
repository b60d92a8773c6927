/** An image at one of the sizes that pages use. */
import { type DerivativeRow, type FileRow, findFile } from "@/lib/db/files"
import { madeOf } from "@/lib/files/files"
import { IMAGE_SIZES, type ImageSize } from "@/lib/images/types"

export interface SizedImage extends Pick<FileRow, "objectKey" | "mediaType" | "size"> {
  row: FileRow
}

const variantOf = (size: ImageSize) => (size === 2_048 ? "model" : String(size))

/**
 * An image of this user, no smaller than that size unless the original is; the full image if no size is given, or for
 * images of earlier versions. Null if it doesn't exist.
 */
export async function sizedImage(userId: string, id: string, size: ImageSize | null): Promise<SizedImage | null> {
  const row = await findFile(id, userId)
  if (row?.kind !== "image") return null
  const made = size === null ? [] : await madeOf([id], userId)
  const wanted = IMAGE_SIZES.filter((one) => size !== null && one >= size)
  const found = wanted.map((one) => made.find(({ variant }) => variant === variantOf(one))).find(isLarge(size ?? 0))
  return { row, ...(found ?? row) }
}

/** A variant for models may be smaller than its name says, to save bytes. */
const isLarge =
  (size: number) =>
  (made: DerivativeRow | undefined): made is DerivativeRow =>
    made !== undefined && Math.max(made.width ?? 0, made.height ?? 0) >= size
