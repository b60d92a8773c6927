"use client"

import { useState } from "react"
import { api, sentenceOf, unexpected } from "@/components/base/api"
import { CENTER_REGION, type Part, pixelsOf } from "@/components/images/region"
import type { ShownImage } from "@/components/images/shown-image"
import { toast } from "@/components/ui/toast"
import type { Region } from "@/lib/image.types"
import type { ImageInfo } from "@/lib/images/types"
import { isRecord } from "@/lib/is-record"

interface Size {
  width: number
  height: number
}

/** Crops a region of an image at full resolution. Throws `ApiError`. */
export async function cropImage(id: string, region: Region): Promise<ImageInfo> {
  const answer = await api(`/api/images/${id}/crop`, { method: "POST", body: region })
  const image = isRecord(answer) && isRecord(answer.image) ? answer.image : answer
  if (!isImageInfo(image)) throw unexpected()
  return image
}

const isImageInfo = (value: unknown): value is ImageInfo =>
  isRecord(value) && ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string")

/** The region being selected in an image of this size, and the request to crop it. */
export function useRegionRequest(image: ShownImage | undefined, size: Size, onCut: (part: ImageInfo) => void) {
  const [part, setPart] = useState<Part>(CENTER_REGION)
  const [busy, setBusy] = useState(false)
  const [of, setOf] = useState(image?.url)
  // Resets for another image.
  if (of !== image?.url) {
    setOf(image?.url)
    setPart(CENTER_REGION)
  }
  const ask = async () => {
    if (!image?.id || busy) return
    setBusy(true)
    try {
      onCut(await cropImage(image.id, pixelsOf(part, size)))
    } catch (error) {
      toast.error(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { part, setPart, busy, size, ask: () => void ask() }
}
