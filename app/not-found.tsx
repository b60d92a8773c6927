import Link from "next/link"
import { Wordmark } from "@/components/ui/wordmark"

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="max-w-sm">
        <Wordmark className="mb-6" />
        <h1 className="font-semibold text-xl tracking-tight">There is nothing here</h1>
        <p className="mt-2 text-muted-foreground">This page does not exist, or it belongs to somebody else.</p>
        <Link href="/" className="mt-5 inline-block font-medium text-spark-text underline underline-offset-4">
          Start a new chat
        </Link>
      </div>
    </main>
  )
}
