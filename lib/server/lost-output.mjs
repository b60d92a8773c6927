/**
 * The reader of our output can disappear: a closed terminal, or a pipe whose other end has exited. Further output is
 * lost, and the process continues. Without listeners each failed write is an uncaught error, and reporting it is the
 * next failed write.
 */
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
