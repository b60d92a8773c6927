/** The items offered after a slash at the start of a message. Pure. */

export interface SlashItem {
  id: string
  /** The command as typed. */
  command: string
  /** What it does, or how it starts. */
  label: string
  kind: "command" | "preset" | "prompt" | "model"
}

/**
 * What was typed after the slash if there is nothing else: a word, or a name after `/model` and `/preset`. Null:
 * nothing is offered.
 */
export function slashQuery(text: string): string | null {
  const match = /^\/((?:model|preset) [^\n]*|[\p{L}\p{N}_-]*)$/iu.exec(text)
  return match ? (match[1] ?? "") : null
}

/** A name as a command: lowercase, without spaces. */
export const toCommandName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "")

/** The matching items: an exact match, then those whose command starts with the query, then the others. */
export function offered(items: SlashItem[], query: string): SlashItem[] {
  const wanted = query.toLowerCase()
  const [, kind, name = ""] = /^(model|preset) (.*)$/.exec(wanted) ?? []
  if (kind) {
    const words = name.split(/\s+/).filter(Boolean)
    const fits = ({ command, label }: SlashItem) =>
      words.every((word) => `${command} ${label}`.toLowerCase().includes(word))
    return items.filter((item) => item.kind === kind && fits(item))
  }
  // There are many models, so they are only offered after their command.
  const others = items.filter((item) => item.kind !== "model")
  const isIt = ({ command }: SlashItem) => command.toLowerCase() === wanted
  const begins = ({ command }: SlashItem) => command.toLowerCase().startsWith(wanted)
  const holds = ({ command, label }: SlashItem) => `${command} ${label}`.toLowerCase().includes(wanted)
  const rank = (item: SlashItem) => (isIt(item) ? 0 : begins(item) ? 1 : 2)
  return others.filter(holds).sort((a, b) => rank(a) - rank(b))
}
