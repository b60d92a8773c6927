/** An image at one of the sizes that pages use. */
import { type DerivativeRow, type FileRow, findFile } from "@/lib/db/files"
import { madeOf } from "@/lib/files/files"
import { IMAGE_SIZES, type ImageSize } from "@/lib/images/types"

export interface SizedImage extends Pick<FileRow, "objectKey" | "mediaType" | "size"> {
  row: FileRow
}

const variantOf = (size: ImageSize) => (size === 2_048 ? "model" : String(size))

/**
 * An image of this user, no smaller than that size unless it is smaller itself; the whole without a size, and of images of
 * earlier versions. Null when there is none.
 */
export async function sizedImage(userId: string, id: string, size: ImageSize | null): Promise<SizedImage | null> {
  const row = await findFile(id, userId)
  if (row?.kind !== "image") return null
  const made = size === null ? [] : await madeOf([id], userId)
  const wanted = IMAGE_SIZES.filter((one) => size !== null && one >= size)
  const found = wanted.map((one) => made.find(({ variant }) => variant === variantOf(one))).find(isLarge(size ?? 0))
  return { row, ...(found ?? row) }
}

/** What was made for models may be smaller than its name says, to take few bytes. */
const isLarge =
  (size: number) =>
  (made: DerivativeRow | undefined): made is DerivativeRow =>
    made !== undefined && Math.max(made.width ?? 0, made.height ?? 0) >= size
