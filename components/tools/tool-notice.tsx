import { CircleSlash, TriangleAlert } from "lucide-react"
import { cn } from "@/lib/cn"

/** A tool call that brought no result: it failed, or it was refused. */
export function ToolNotice({ kind, title, text }: { kind: "error" | "refused"; title: string; text: string }) {
  const Icon = kind === "error" ? TriangleAlert : CircleSlash
  return (
    <div
      role="note"
      className={cn(
        "my-3 flex max-w-xl gap-3 rounded-lg border p-3.5 text-sm",
        kind === "error" ? "border-danger/25 bg-danger-soft" : "bg-muted",
      )}
    >
      <Icon
        className={cn("mt-0.5 size-4 shrink-0", kind === "error" ? "text-danger" : "text-muted-foreground")}
        aria-hidden
      />
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-muted-foreground">{text}</p>
      </div>
    </div>
  )
}
