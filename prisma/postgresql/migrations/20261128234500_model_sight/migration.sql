-- CreateTable
CREATE TABLE "ModelSight" (
    "userId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "images" BOOLEAN NOT NULL,

    CONSTRAINT "ModelSight_pkey" PRIMARY KEY ("userId","model")
);

-- AddForeignKey
ALTER TABLE "ModelSight" ADD CONSTRAINT "ModelSight_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
