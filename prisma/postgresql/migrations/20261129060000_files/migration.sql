-- CreateEnum
CREATE TYPE "FileKind" AS ENUM ('image');

-- CreateTable
CREATE TABLE "StoredObject" (
    "key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "StoredObject_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" "FileKind" NOT NULL,
    "objectKey" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "File_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Derivative" (
    "fileId" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "Derivative_pkey" PRIMARY KEY ("fileId", "variant")
);

-- CreateTable
CREATE TABLE "FileUse" (
    "conversationId" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,

    CONSTRAINT "FileUse_pkey" PRIMARY KEY ("conversationId", "fileId")
);

-- CreateIndex
CREATE INDEX "File_userId_idx" ON "File"("userId");
CREATE INDEX "File_objectKey_idx" ON "File"("objectKey");
CREATE INDEX "File_createdAt_idx" ON "File"("createdAt");
CREATE INDEX "Derivative_objectKey_idx" ON "Derivative"("objectKey");
CREATE INDEX "FileUse_fileId_idx" ON "FileUse"("fileId");
CREATE INDEX "StoredObject_sha256_idx" ON "StoredObject"("sha256");
CREATE INDEX "StoredObject_removedAt_idx" ON "StoredObject"("removedAt");

-- AddForeignKey
ALTER TABLE "File" ADD CONSTRAINT "File_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "File" ADD CONSTRAINT "File_objectKey_fkey" FOREIGN KEY ("objectKey") REFERENCES "StoredObject" ("key") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "Derivative" ADD CONSTRAINT "Derivative_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Derivative" ADD CONSTRAINT "Derivative_objectKey_fkey" FOREIGN KEY ("objectKey") REFERENCES "StoredObject" ("key") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "FileUse" ADD CONSTRAINT "FileUse_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "FileUse" ADD CONSTRAINT "FileUse_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- The images of earlier versions keep their ids; their bytes lie under the hash of their content.
INSERT INTO "StoredObject" ("key", "sha256", "size", "createdAt")
    SELECT "sha256", "sha256", MAX("bytes"), MIN("createdAt") FROM "Image" GROUP BY "sha256";
INSERT INTO "File" ("id", "userId", "kind", "objectKey", "mediaType", "size", "width", "height", "name", "createdAt")
    SELECT "id", "userId", 'image'::"FileKind", "sha256", "mediaType", "bytes", "width", "height", "name", "createdAt" FROM "Image";

-- What their messages show.
INSERT INTO "FileUse" ("conversationId", "fileId")
    SELECT DISTINCT m."conversationId", f."id" FROM "Message" m
    CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(m."parts") = 'array' THEN m."parts" ELSE '[]'::jsonb END) p
    JOIN "File" f ON p ->> 'type' = 'file' AND p ->> 'url' LIKE '/api/images/%'
        AND f."id" = LOWER(SUBSTR(p ->> 'url', 13));

-- DropTable
DROP TABLE "Image";
