/**
 * What is known of an image of a message beside its address. It is kept in the part's provider metadata, under our own
 * name: the SDK's type of a file has no other place for it, and no model server is sent it. Browser and server read it.
 */
import type { FileUIPart } from "ai"
import { type Detail, isDetail, type Region } from "@/lib/image.types"
import { isRecord } from "@/lib/is-record"

/** Characters of an alternative text. */
export const MAX_ALT = 1_000

/** All of it is missing in messages of earlier versions. */
export interface ImageFacts {
  /** Pixels. */
  width?: number
  height?: number
  /** Base64 of a placeholder of some 25 bytes. */
  thumbhash?: string
  /** In the person's words, for who can't see it. */
  alt?: string
  /** What the person chose; else the setting holds. */
  detail?: Detail
  /** The image that it is a part of. */
  derivedFrom?: { id: string; region: Region }
}

const NAME = "sparkler"

/** The facts of a part; what is damaged or of a newer version is left out. */
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

/** What is said of an image to who can't see it: the person's words, else its file's name. */
export const altIn = (part: FileUIPart): string | undefined => imageFactsOf(part).alt ?? part.filename

/** Facts as a part has them; nothing where there are none. */
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
