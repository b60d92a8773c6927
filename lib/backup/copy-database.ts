/** `npm run db:copy`: moves an installation from SQLite to PostgreSQL, or back. */

import { sealedElsewhere } from "@/lib/backup/sealed"
import { CopyError, type Source } from "@/lib/db/copy/tables"
import { type Copied, openSource, openTarget, requireEmptyDatabase, transfer } from "@/lib/db/copy/transfer"
import { migrate, migrationNames } from "@/lib/db/migrate"

export interface CopyReport {
  tables: Copied[]
  /** Rows with values that this installation's secret can't decrypt. */
  sealedElsewhere: number
}

/**
 * Copies all of `from` into `to`, which is created and must be empty. All or nothing. `from` is only read and may be in
 * use; changes made to it during the copy aren't included. Throws `CopyError`.
 */
export async function copyDatabase(
  from: string,
  to: string,
  secret: string,
  onTable: (copied: Copied) => void = () => {},
): Promise<CopyReport> {
  if (from === to) throw new CopyError("--from and --to are the same database.")
  const source = await openSource(from)
  try {
    requireThisVersion(source, from)
    await requireEmptyDatabase(to)
    await migrate(to)
    const target = await openTarget(to)
    try {
      const tables = await transfer(source, target, onTable)
      const report = { tables, sealedElsewhere: await sealedElsewhere(target, secret) }
      await target.commit()
      return report
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

function requireThisVersion({ migrations }: Source, url: string): void {
  const ours = migrationNames(url)
  const unknown = migrations.find((name) => !ours.includes(name))
  if (unknown)
    throw new CopyError(
      `The source database was created by a newer version of Sparkler (${unknown}). Copy it with that one.`,
    )
  if (migrations.length < ours.length)
    throw new CopyError(
      "The source database is from an earlier version, or isn't a Sparkler database. Start this version with it once, then copy it.",
    )
}
