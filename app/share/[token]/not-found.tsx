import { Wordmark } from "@/components/ui/wordmark"

export default function ShareNotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="max-w-sm">
        <Wordmark className="mb-6" />
        <h1 className="font-semibold text-xl tracking-tight">This link does not work</h1>
        <p className="mt-2 text-muted-foreground">
          It was revoked by the person who made it, or it was never complete. Ask them for a new one.
        </p>
      </div>
    </main>
  )
}
