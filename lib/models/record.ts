/** How often models won comparisons. Pure; safe to import on both sides. */

/** The results of one model in comparisons of one kind. */
export interface Tally {
  won: number
  lost: number
  /** As good as the others. */
  tied: number
  /** None was good. */
  bad: number
}

export interface ModelRecord {
  model: string
  /** Comparisons in which the models were hidden, */
  blind: Tally
  /** or known. */
  open: Tally
}

/** One comparison with a verdict. */
export interface Choice {
  blind: boolean
  models: string[]
  winner: string | null
  outcome: string
}

const NONE: Tally = { won: 0, lost: 0, tied: 0, bad: 0 }

export const countOf = ({ won, lost, tied, bad }: Tally): number => won + lost + tied + bad

/** Share of wins, from 0 to 1; a tie counts half. Null if there were no comparisons. */
export const winRate = (tally: Tally): number | null =>
  countOf(tally) === 0 ? null : (tally.won + tally.tied / 2) / countOf(tally)

/** One row per model, sorted by win rate over both kinds, best first. */
export function recordOf(choices: Choice[]): ModelRecord[] {
  const records = new Map<string, ModelRecord>()
  for (const { blind, models, winner, outcome } of choices)
    for (const model of models) {
      const record = records.get(model) ?? { model, blind: NONE, open: NONE }
      const kind = blind ? "blind" : "open"
      const member = outcome === "tie" ? "tied" : outcome === "bad" ? "bad" : model === winner ? "won" : "lost"
      records.set(model, { ...record, [kind]: { ...record[kind], [member]: record[kind][member] + 1 } })
    }
  const rate = (record: ModelRecord) => winRate(combinedTally(record)) ?? 0
  return [...records.values()].sort(
    (a, b) =>
      rate(b) - rate(a) || countOf(combinedTally(b)) - countOf(combinedTally(a)) || a.model.localeCompare(b.model),
  )
}

/** Both kinds together. */
export const combinedTally = ({ blind, open }: ModelRecord): Tally => ({
  won: blind.won + open.won,
  lost: blind.lost + open.lost,
  tied: blind.tied + open.tied,
  bad: blind.bad + open.bad,
})
