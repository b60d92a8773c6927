# Sparkler as a container image: runs as a non-root user and writes only to /data and /tmp. `docker build -t sparkler .`
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
# Packages in a separate layer: they are installed again only if the lock file changes.
COPY package.json package-lock.json ./
COPY lib/db/sqlite-driver ./lib/db/sqlite-driver
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node lib/cli/prepare.mjs
# Removes packages that only the build needs: npm keeps the compilers as optional peers, Prisma's CLI has generated its clients,
# and browser-only code (mermaid, icons) is in .next/static. Source maps are a seventh of the size.
RUN npm prune --omit=dev --no-audit --no-fund && \
  rm -rf .next/cache .next/dev node_modules/@next/swc-* node_modules/typescript node_modules/@typescript \
    node_modules/prisma node_modules/@prisma/studio-core node_modules/@prisma/dev node_modules/@prisma/engines \
    node_modules/@prisma/fetch-engine node_modules/@prisma/streams-local node_modules/@electric-sql node_modules/effect \
    node_modules/mermaid node_modules/@mermaid-js node_modules/cytoscape* node_modules/elkjs node_modules/lucide-react && \
  find .next node_modules -name '*.map' -type f -delete

FROM node:24-bookworm-slim AS run
WORKDIR /app
# SPARKLER_BUILT: skips installing and building at startup.
ENV NODE_ENV=production SPARKLER_BUILT=1 HOST=0.0.0.0 PORT=3000 SANDBOX_PORT=3001 DATA_DIR=/data
COPY --from=build /app/package.json /app/tsconfig.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/public ./public
COPY --from=build /app/lib ./lib
COPY --from=build /app/.next ./.next
RUN mkdir -p /data && chown node:node /data && chmod 700 /data
USER node
VOLUME ["/data"]
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "lib/cli/healthy.mjs"]
# Forwards signals and waits for running answers to finish.
CMD ["node", "lib/cli/start.mjs"]
