/** Totals of a preview. Pure. */
import type { Chosen, Preview, Source } from "@/lib/import/types"

/** The products' own names. */
export const SOURCE_NAMES: Record<Source, string> = {
  sparkler: "Sparkler",
  chatgpt: "ChatGPT",
  claude: "Claude",
  openwebui: "Open WebUI",
  librechat: "LibreChat",
  chatui: "HuggingChat",
}

export function sumsOf({ chats }: Preview) {
  const sums = { messages: 0, images: 0, there: 0, from: null as number | null, to: null as number | null }
  const sources = new Set<Source>()
  for (const chat of chats) {
    sources.add(chat.source)
    sums.messages += chat.messages
    sums.images += chat.images
    if (chat.there) sums.there++
    if (chat.from !== null) sums.from = Math.min(sums.from ?? chat.from, chat.from)
    if (chat.to !== null) sums.to = Math.max(sums.to ?? chat.to, chat.to)
  }
  return { ...sums, sources: [...sources] }
}

/** Combines sorted indexes into ranges. */
export function chosenRanges(places: number[]): Chosen {
  const ranges: Chosen = []
  for (const place of places) {
    const last = ranges.at(-1)
    if (last && last[1] === place - 1) last[1] = place
    else ranges.push([place, place])
  }
  return ranges
}
