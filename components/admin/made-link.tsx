import { CopyButton } from "@/components/ui/copy-button"

/** A link just created, which is never shown again. */
export function MadeLink({ url, label, text }: { url: string; label: string; text: string }) {
  return (
    <div role="status" className="my-3 rounded-md bg-spark-soft px-3 py-2.5">
      <p className="text-sm">{text}</p>
      <div className="mt-2 flex items-center gap-2">
        <input
          readOnly
          aria-label={label}
          value={url}
          onFocus={({ target }) => target.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-input bg-background px-2.5 font-mono text-[0.8125rem] pointer-coarse:h-11"
        />
        <CopyButton text={() => url} />
      </div>
    </div>
  )
}
