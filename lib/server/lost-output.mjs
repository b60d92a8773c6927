/**
 * What reads our output can go away: a closed terminal, a pipe whose other end has ended. What is written then is lost, and
 * we go on. Without listeners each failed write is an uncaught error, and telling that is the next failed write.
 */
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
