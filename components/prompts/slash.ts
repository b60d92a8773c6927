/** What is offered behind a slash at the beginning of a message. Pure. */

export interface SlashItem {
  id: string
  /** As it is typed. */
  command: string
  /** What it does, or how it begins. */
  label: string
  kind: "command" | "preset" | "prompt" | "model"
}

/**
 * What was typed behind the slash while it is all that there is: a word, or behind `/model` and `/preset` a name. Null:
 * nothing is to be offered.
 */
export function slashQuery(text: string): string | null {
  const match = /^\/((?:model|preset) [^\n]*|[\p{L}\p{N}_-]*)$/iu.exec(text)
  return match ? (match[1] ?? "") : null
}

/** A name as a command: without spaces, in lower case. */
export const commandOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "")

/** The items that fit: the one that is meant exactly, then those whose command begins so, then the others. */
export function offered(items: SlashItem[], query: string): SlashItem[] {
  const wanted = query.toLowerCase()
  const [, kind, name = ""] = /^(model|preset) (.*)$/.exec(wanted) ?? []
  if (kind) {
    const words = name.split(/\s+/).filter(Boolean)
    const fits = ({ command, label }: SlashItem) =>
      words.every((word) => `${command} ${label}`.toLowerCase().includes(word))
    return items.filter((item) => item.kind === kind && fits(item))
  }
  // Models are many: they are offered behind their command only.
  const others = items.filter((item) => item.kind !== "model")
  const isIt = ({ command }: SlashItem) => command.toLowerCase() === wanted
  const begins = ({ command }: SlashItem) => command.toLowerCase().startsWith(wanted)
  const holds = ({ command, label }: SlashItem) => `${command} ${label}`.toLowerCase().includes(wanted)
  const rank = (item: SlashItem) => (isIt(item) ? 0 : begins(item) ? 1 : 2)
  return others.filter(holds).sort((a, b) => rank(a) - rank(b))
}
