/** What is offered behind a slash at the beginning of a message. Pure. */

export interface SlashItem {
  id: string
  /** As it is typed. */
  command: string
  /** What it does, or how it begins. */
  label: string
  kind: "command" | "preset" | "prompt"
}

/** What was typed behind the slash while it is all that there is; null: nothing is to be offered. */
export function slashQuery(text: string): string | null {
  const match = /^\/([\p{L}\p{N}_-]*)$/u.exec(text)
  return match ? (match[1] ?? "") : null
}

/** A name as a command: without spaces, in lower case. */
export const commandOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "")

/** The items that fit, those whose command begins so before the others. */
export function offered(items: SlashItem[], query: string): SlashItem[] {
  const wanted = query.toLowerCase()
  const begins = ({ command }: SlashItem) => command.toLowerCase().startsWith(wanted)
  const holds = ({ command, label }: SlashItem) => `${command} ${label}`.toLowerCase().includes(wanted)
  return [...items.filter(begins), ...items.filter((item) => !begins(item) && holds(item))]
}
