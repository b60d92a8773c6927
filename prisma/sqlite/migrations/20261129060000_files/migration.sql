-- CreateTable
CREATE TABLE "StoredObject" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "File_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "File_objectKey_fkey" FOREIGN KEY ("objectKey") REFERENCES "StoredObject" ("key") ON DELETE NO ACTION ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Derivative" (
    "fileId" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    PRIMARY KEY ("fileId", "variant"),
    CONSTRAINT "Derivative_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Derivative_objectKey_fkey" FOREIGN KEY ("objectKey") REFERENCES "StoredObject" ("key") ON DELETE NO ACTION ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FileUse" (
    "conversationId" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,

    PRIMARY KEY ("conversationId", "fileId"),
    CONSTRAINT "FileUse_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FileUse_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "File_userId_idx" ON "File"("userId");
CREATE INDEX "File_objectKey_idx" ON "File"("objectKey");
CREATE INDEX "File_createdAt_idx" ON "File"("createdAt");
CREATE INDEX "Derivative_objectKey_idx" ON "Derivative"("objectKey");
CREATE INDEX "FileUse_fileId_idx" ON "FileUse"("fileId");
CREATE INDEX "StoredObject_sha256_idx" ON "StoredObject"("sha256");
CREATE INDEX "StoredObject_removedAt_idx" ON "StoredObject"("removedAt");

-- The images of earlier versions keep their ids; their bytes lie under the hash of their content.
INSERT INTO "StoredObject" ("key", "sha256", "size", "createdAt")
    SELECT "sha256", "sha256", MAX("bytes"), MIN("createdAt") FROM "Image" GROUP BY "sha256";
INSERT INTO "File" ("id", "userId", "kind", "objectKey", "mediaType", "size", "width", "height", "name", "createdAt")
    SELECT "id", "userId", 'image', "sha256", "mediaType", "bytes", "width", "height", "name", "createdAt" FROM "Image";

-- What their messages show.
INSERT INTO "FileUse" ("conversationId", "fileId")
    SELECT DISTINCT m."conversationId", f."id" FROM "Message" m
    JOIN json_each(CASE WHEN json_valid(m."parts") AND json_type(m."parts") = 'array' THEN m."parts" ELSE '[]' END) p
    JOIN "File" f ON p."type" = 'object' AND p."value" ->> 'type' = 'file'
        AND p."value" ->> 'url' LIKE '/api/images/%' AND f."id" = LOWER(SUBSTR(p."value" ->> 'url', 13))
    WHERE m."parts" LIKE '%/api/images/%';

-- DropTable
DROP TABLE "Image";
