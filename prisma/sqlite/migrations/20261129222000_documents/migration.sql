-- What is read of documents.
CREATE TABLE "Document" (
    "fileId" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB NOT NULL,
    "password" TEXT,
    CONSTRAINT "Document_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "DocumentPage" (
    "documentId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT,
    "text" TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "boxes" JSONB NOT NULL,
    "scanned" BOOLEAN NOT NULL DEFAULT false,
    "width" REAL,
    "height" REAL,

    PRIMARY KEY ("documentId", "number"),
    CONSTRAINT "DocumentPage_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document" ("fileId") ON DELETE CASCADE ON UPDATE CASCADE
);
