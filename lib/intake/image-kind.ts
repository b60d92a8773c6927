/** Pictures of any format. The error for an unreadable one names its format. */
import { config } from "@/lib/config"
import { imageFormatOf } from "@/lib/images/decode/format"
import { addPages } from "@/lib/images/images"
import type { FileKind } from "@/lib/intake/intake"

export const imageKind: FileKind = {
  mostBytes: () => config().limits.imageBytes,
  knows: (head) => imageFormatOf(head) !== null,
  take: async ({ userId, name, path, mostBytes }, { pages: asked }) => {
    const all = asked === "all"
    const { images, pages } = await addPages(userId, { path }, name, mostBytes, { all })
    const [image] = images
    if (!image) throw new Error("no image was produced")
    return { kind: "image", image, ...(all && { images }), ...(pages > 1 && { pages }) }
  },
}
