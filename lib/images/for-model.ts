/**
 * Which images of a conversation a model receives, within the limits of a request. The newest message has priority: its
 * images are made smaller before any of them is dropped. Earlier images are sent again while they fit; the oldest is
 * dropped first.
 */

import { writeFile } from "node:fs/promises"
import path from "node:path"
import type { DerivativeRow, FileRow } from "@/lib/db/files"
import { findFiles } from "@/lib/db/files"
import { madeOf, readObject, storeDerivatives } from "@/lib/files/files"
import type { Detail } from "@/lib/image.types"
import { tilesOf } from "@/lib/images/decode/tiling"
import { inFolder } from "@/lib/images/decoder"
import { madeFile } from "@/lib/images/images"
import type { ModelImage } from "@/lib/images/types"
import { work } from "@/lib/work/work"

/** Fireworks: at most 30 images per request, under 10 MB of base64 in total. */
export const MAX_IMAGES = 30
const MAX_BASE64 = 9_500_000

/** An image that a message shows. */
export interface ShownImage {
  id: string
  detail: Detail
  /** In the message being answered: made smaller before it is dropped. */
  current: boolean
}

/** One image as sent: several files if detail tiles follow the full picture. */
export interface SentImage {
  width: number
  height: number
  images: ModelImage[]
}

export interface Sent {
  /** By ID. Lost images are missing. */
  sent: Map<string, SentImage>
  /** Number of images dropped because they don't fit. */
  dropped: number
}

/** The part of a request that is already in use. */
export interface UsedCapacity {
  images: number
  /** Characters. */
  base64: number
}

interface Stored {
  objectKey: string
  mediaType: string
  size: number
}

/** One way of sending an image: its files, in order. */
type Way = Stored[]

interface Candidate {
  id: string
  /** Most detailed first. */
  ways: Way[]
  current: boolean
}

const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4
const lengthOf = (way: Way) => way.reduce((sum, { size }) => sum + base64Length(size), 0)

/** What to send of these images of a user, given the newest message's first. */
export async function imagesForModel(
  userId: string,
  shown: ShownImage[],
  taken: UsedCapacity = { images: 0, base64: 0 },
): Promise<Sent> {
  const unique = shown.filter(({ id }, index) => shown.findIndex((other) => other.id === id) === index)
  const ids = unique.map(({ id }) => id)
  const rows = new Map((await findFiles(ids, userId)).map((row) => [row.id, row]))
  await tile(userId, unique, rows)
  const made = await madeOf(ids, userId)
  const candidates = unique.flatMap(({ id, detail, current }) => {
    const row = rows.get(id)
    const own = made.filter(({ fileId }) => fileId === id)
    return row ? [{ id, row, current, ways: waysOf(row, own, detail) }] : []
  })
  const chosen = choose(candidates, taken)
  const sent = new Map<string, SentImage>()
  for (const { id, row, way } of chosen) {
    const images = await Promise.all(way.map(read))
    const there = images.filter((image) => image !== null)
    if (there.length > 0) sent.set(id, { width: row.width ?? 0, height: row.height ?? 0, images: there })
  }
  return { sent, dropped: candidates.length - chosen.length }
}

async function read({ objectKey, mediaType }: Stored): Promise<ModelImage | null> {
  const data = await readObject(objectKey)
  return data && { mediaType, base64: data.toString("base64") }
}

/**
 * The available ways to send an image, most detailed first, starting with the requested detail. A missing variant is
 * replaced by its source.
 */
function waysOf(row: FileRow, made: DerivativeRow[], detail: Detail): Way[] {
  const of = (variant: string) => made.find((one) => one.variant === variant)
  const standard: Stored = of("model") ?? row
  const small: Stored = of("small") ?? standard
  const low: Stored = of("low") ?? small
  if (detail === "low") return [[low]]
  const tiles = made
    .filter(({ variant }) => variant.startsWith("tile-"))
    .sort((a, b) => Number(a.variant.slice(5)) - Number(b.variant.slice(5)))
  const ways = [[standard], [small], [low]]
  return detail === "full" && tiles.length > 0 ? [[standard, ...tiles], ...ways] : ways
}

/**
 * Chooses which images to send, and how: at the requested detail if all fit, otherwise with the largest made smaller.
 */
export function choose<One extends Candidate>(candidates: One[], taken: UsedCapacity): (One & { way: Way })[] {
  const current = candidates.filter((candidate) => candidate.current).slice(0, MAX_IMAGES)
  const chosen = current.map((candidate) => ({ ...candidate, step: 0 }))
  const wayOf = ({ ways, step }: (typeof chosen)[number]) => ways[step] ?? []
  const fits = (all: Way[]) =>
    all.reduce((sum, way) => sum + way.length, taken.images) <= MAX_IMAGES &&
    all.reduce((sum, way) => sum + lengthOf(way), taken.base64) <= MAX_BASE64
  while (!fits(chosen.map(wayOf))) {
    const smaller = chosen.filter(({ ways, step }) => step < ways.length - 1)
    const [largest] = smaller.toSorted((a, b) => lengthOf(wayOf(b)) - lengthOf(wayOf(a)))
    if (largest) largest.step++
    else if (!chosen.pop()) break
  }
  for (const earlier of candidates.filter((candidate) => !candidate.current)) {
    const others = chosen.map(wayOf)
    // Its tiles were already sent with its own question.
    const from = earlier.ways.findIndex((way) => way.length === 1)
    const step = earlier.ways.findIndex((way, index) => index >= from && fits([...others, way]))
    if (step < 0) break
    chosen.push({ ...earlier, step })
  }
  return chosen.map((one) => ({ ...one, way: wayOf(one) }))
}

const TILE_MS = 30_000

/** Tiles the images whose details are requested for the first time. */
async function tile(userId: string, shown: ShownImage[], rows: Map<string, FileRow>): Promise<void> {
  const wanted = shown.filter(({ detail, current }) => detail === "full" && current).map(({ id }) => id)
  if (wanted.length === 0) return
  const made = await madeOf(wanted, userId)
  for (const id of wanted) {
    const row = rows.get(id)
    const { width, height } = row ?? {}
    if (!row || !width || !height || made.some(({ fileId, variant }) => fileId === id && variant === "tile-0")) continue
    if (tilesOf(width, height).tiles.length === 0) continue
    const data = await readObject(row.objectKey)
    if (!data) continue
    await inFolder(async (folder) => {
      const file = path.join(folder, "source")
      await writeFile(file, data, { mode: 0o600 })
      const job = { path: file, width, height, folder }
      const tiles = await work("tilePicture", { person: userId, ms: TILE_MS }, job)
      await storeDerivatives(
        id,
        tiles.map(({ variant, ...made }) => ({ ...madeFile(made), variant })),
      )
    })
  }
}
