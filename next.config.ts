import type { NextConfig } from "next"
import createNextIntlPlugin from "next-intl/plugin"

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(self), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Origin-Agent-Cluster", value: "?1" },
  { key: "X-DNS-Prefetch-Control", value: "off" },
]

const config: NextConfig = {
  // Messages are parsed by our own parser, in the browser and here: see lib/i18n/icu.ts.
  turbopack: { resolveAlias: { "@formatjs/icu-messageformat-parser": "./lib/i18n/icu.ts" } },
  poweredByHeader: false,
  reactStrictMode: true,
  // Nothing uses Next.js's image optimizer, so its route is closed.
  images: { unoptimized: true },
  serverExternalPackages: [
    "nodemailer",
    "prom-client",
    "@ai-sdk/otel",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace",
    "better-sqlite3",
    "better-sqlite3-node20",
    "better-sqlite3-node22",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "sharp",
    "@node-rs/argon2",
    "re2js",
    "ioredis",
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Shown in a frame of the page (its own policy says which origins may embed it).
    { source: "/api/diagrams", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    // Forms of a shared page send their origin, but other sites get no referrer. The page is Markdown or JSON if
    // requested.
    {
      source: "/share/:path*",
      headers: [
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Vary", value: "Accept, Cookie" },
      ],
    },
    // Messengers embed it in their own pages.
    { source: "/api/shared/:token/picture", headers: [{ key: "Cross-Origin-Resource-Policy", value: "cross-origin" }] },
  ],
}

export default createNextIntlPlugin("./lib/i18n/request.ts")(config)
