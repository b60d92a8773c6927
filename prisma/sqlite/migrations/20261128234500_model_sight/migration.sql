-- CreateTable
CREATE TABLE "ModelSight" (
    "userId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "images" BOOLEAN NOT NULL,

    PRIMARY KEY ("userId", "model"),
    CONSTRAINT "ModelSight_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
