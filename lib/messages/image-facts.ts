/**
 * Facts about an image in a message, in addition to its URL. Stored in the part's provider metadata under our own name:
 * the SDK's file type has no other place for them, and they aren't sent to a model server. Read by browser and server.
 */
import type { FileUIPart } from "ai"
import { type Detail, isDetail, type Region } from "@/lib/image.types"
import { isRecord } from "@/lib/is-record"

/** Characters of an alt text. */
export const MAX_ALT = 1_000

/** All fields are missing in messages of earlier versions. */
export interface ImageFacts {
  /** Pixels. */
  width?: number
  height?: number
  /** Base64 of a placeholder of about 25 bytes. */
  thumbhash?: string
  /** The user's description for those who can't see it. */
  alt?: string
  /** The user's choice; otherwise the setting applies. */
  detail?: Detail
  /** The image it was cropped from. */
  derivedFrom?: { id: string; region: Region }
}

const NAME = "sparkler"

/** The facts of a part; invalid ones, or those of a newer version, are left out. */
export function imageFactsOf({ providerMetadata }: Pick<FileUIPart, "providerMetadata">): ImageFacts {
  const kept: unknown = providerMetadata?.[NAME]
  if (!isRecord(kept)) return {}
  const { width, height, thumbhash, alt, detail, derivedFrom } = kept
  const sized = isLength(width) && isLength(height)
  return {
    ...(sized && { width, height }),
    ...(typeof thumbhash === "string" && { thumbhash }),
    ...(typeof alt === "string" && alt !== "" && { alt }),
    ...(isDetail(detail) && { detail }),
    ...(isOrigin(derivedFrom) && { derivedFrom: { id: derivedFrom.id, region: derivedFrom.region } }),
  }
}

/** The description of an image for those who can't see it: the user's, or else the file name. */
export const imageAltText = (part: FileUIPart): string | undefined => imageFactsOf(part).alt ?? part.filename

/** Facts in the form stored in a part; nothing if there are none. */
export function factsMetadata({ derivedFrom: from, ...facts }: ImageFacts): Pick<FileUIPart, "providerMetadata"> {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined)
  const derivedFrom = from && { id: from.id, region: { ...from.region } }
  if (known.length === 0 && !derivedFrom) return {}
  return { providerMetadata: { [NAME]: { ...Object.fromEntries(known), ...(derivedFrom && { derivedFrom }) } } }
}

const isLength = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value > 0

const isOrigin = (value: unknown): value is { id: string; region: Region } =>
  isRecord(value) && typeof value.id === "string" && isRegion(value.region)

const isRegion = (value: unknown): value is Region =>
  isRecord(value) &&
  isLength(value.width) &&
  isLength(value.height) &&
  [value.x, value.y].every((at) => typeof at === "number" && at >= 0)
