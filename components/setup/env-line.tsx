import { CopyButton } from "@/components/ui/copy-button"

const LINE = "FIREWORKS_API_KEY=fw_…"

/** The line for `.env.local`, to copy. */
export function EnvLine() {
  return (
    <span className="flex w-full items-center gap-1 rounded-md border bg-background ps-2.5 pe-0.5">
      <code className="min-w-0 flex-1 truncate py-1.5 font-mono text-[13px]">{LINE}</code>
      <CopyButton text={() => LINE} className="size-7" />
    </span>
  )
}
