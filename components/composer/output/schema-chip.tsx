import { cn } from "@/lib/cn"

interface Props {
  name: string
  /** What the schema is for. */
  tip: string | undefined
  chosen: boolean
  onChoose: () => void
}

/** One of several schemas to choose from. */
export function SchemaChip({ name, tip, chosen, onChoose }: Props) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      data-tip={chosen ? undefined : tip}
      onClick={onChoose}
      className={cn(
        "min-h-8 max-w-full truncate rounded-full border px-3 text-[0.8125rem] transition-colors",
        chosen ? "border-spark bg-spark-soft font-medium" : "hover:border-input",
      )}
    >
      {name}
    </button>
  )
}
