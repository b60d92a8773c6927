import { CopyButton } from "@/components/ui/copy-button"

const NAME = "FIREWORKS_API_KEY="

/** The line for `.env.local`, to copy up to where the key goes. */
export function EnvLine() {
  return (
    <span className="flex w-full items-center gap-1 rounded-md border bg-background ps-2.5 pe-0.5">
      <code className="min-w-0 flex-1 truncate py-1.5 font-mono text-[0.8125rem]">{NAME}fw_…</code>
      <CopyButton text={() => NAME} className="size-7" />
    </span>
  )
}
