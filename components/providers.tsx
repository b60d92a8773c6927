"use client"

import { ThemeProvider } from "next-themes"
import type { ReactNode } from "react"
import { Toaster } from "sonner"

/** What every page stands in: the theme and the place for short notices. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
      <Toaster
        position="bottom-center"
        toastOptions={{
          className: "!rounded-lg !border-border !bg-popover !text-foreground !shadow-float !font-sans",
          duration: 6_000,
        }}
      />
    </ThemeProvider>
  )
}
